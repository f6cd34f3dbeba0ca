import { to } from "../route.ts"
import type { Route } from "../visit.ts"
import {
  addAccount,
  askForAccount,
  disableAccount,
  listAccounts,
  makePasswordLink,
  saveAccount,
  showAccount,
  takeOffSecondFactor,
} from "./accounts.ts"
import { takeOffSignOn } from "./identities.ts"
import { askForFirstOrNewPassword, endSessions, saveOwnPassword, showOwnAccount } from "./own-account.ts"
import { askForProof, takeProof } from "./proof.ts"
import {
  askAboutSecondFactor,
  askForSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from "./second-factor.ts"
import { addAdministrator, askForAdministrator, askForPassword, savePassword } from "./set-up.ts"
import { askToLink, comeBack, goToProvider } from "./sign-on.ts"
import { askForCode, askToSignIn, signIn, signOut, takeCode } from "./sign-in.ts"

/** The addresses of signing in, of one's own account and of the accounts. */
export const accountRoutes: readonly Route[] = [
  to("sign-in.use", "get", "/sign-in", askToSignIn),
  to("sign-in.use", "post", "/sign-in", signIn, "form"),
  to("sign-in.use", "get", "/sign-in/code", askForCode),
  to("sign-in.use", "post", "/sign-in/code", takeCode, "form"),
  to("sign-in.use", "get", "/sign-on", goToProvider),
  to("sign-in.use", "get", "/sign-on/callback", comeBack),
  to("sign-in.use", "post", "/sign-out", signOut, "form"),
  to("set-up.use", "get", "/set-up/:token", askForAdministrator),
  to("set-up.use", "post", "/set-up/:token", addAdministrator, "form"),
  to("set-up.use", "get", "/password/:token", askForPassword),
  to("set-up.use", "post", "/password/:token", savePassword, "form"),

  to("own-account.see", "get", "/account", showOwnAccount),
  to("own-account.change", "post", "/account/sessions", endSessions, "form"),
  to("own-account.change", "get", "/account/password", askForFirstOrNewPassword),
  to("own-account.change", "post", "/account/password", saveOwnPassword, "form"),
  to("own-account.change", "get", "/account/confirm", askForProof),
  to("own-account.change", "post", "/account/confirm", takeProof, "form"),
  to("own-account.change", "get", "/account/second-factor", askForSecondFactor),
  to("own-account.change", "post", "/account/second-factor", confirmSecondFactor, "form"),
  to("own-account.change", "get", "/account/second-factor/change", askAboutSecondFactor),
  to("own-account.change", "post", "/account/second-factor/codes", renewRecoveryCodes, "form"),
  to("own-account.change", "post", "/account/second-factor/remove", removeSecondFactor, "form"),
  to("own-account.change", "get", "/account/sign-on", askToLink),

  to("accounts.see", "get", "/accounts", listAccounts),
  to("accounts.change", "get", "/accounts/new", askForAccount),
  to("accounts.change", "post", "/accounts/new", addAccount, "form"),
  to("accounts.change", "get", "/accounts/:account", showAccount),
  to("accounts.change", "post", "/accounts/:account", saveAccount, "form"),
  to("accounts.change", "post", "/accounts/:account/state", disableAccount, "form"),
  to("accounts.change", "post", "/accounts/:account/link", makePasswordLink, "form"),
  to("accounts.change", "post", "/accounts/:account/second-factor", takeOffSecondFactor, "form"),
  to("accounts.change", "post", "/accounts/:account/sign-on", takeOffSignOn, "form"),
]
