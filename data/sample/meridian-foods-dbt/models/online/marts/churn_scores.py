import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier

FEATURES = ["orders", "lifetime_amount", "days_since_order", "sessions"]


def model(dbt, session):
    dbt.config(materialized="table", packages=["scikit-learn", "pandas"])
    customers = dbt.ref("gold_customer").toPandas()
    sessions = dbt.ref("gold_sessions").toPandas()

    visits = sessions.groupby("customer_id").size().rename("sessions").reset_index()
    frame = customers.merge(visits, on="customer_id", how="left").fillna({"sessions": 0})
    frame["days_since_order"] = (pd.Timestamp.utcnow() - frame["last_order_at"]).dt.days.fillna(9999)
    frame["has_left"] = frame["days_since_order"] > 120

    classifier = GradientBoostingClassifier().fit(frame[FEATURES], frame["has_left"])
    frame["churn_score"] = classifier.predict_proba(frame[FEATURES])[:, 1]
    return session.createDataFrame(frame[["customer_id", "churn_score"]])
