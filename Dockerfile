# Headwater in a container. `npm run replay` runs these very steps in an empty folder, without Docker.
FROM node:26-slim
ENV NODE_ENV=production DATA_DIR=/data LOG_LEVEL=info
WORKDIR /app

# The image brings the runtime, so the pinned one (an optional dependency) stays out.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

COPY bin ./bin
COPY src ./src
COPY views ./views
COPY public ./public
COPY questionnaires ./questionnaires
COPY data/sample ./data/sample

RUN mkdir -m 0700 /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-proto=delete", "src/main.ts", "serve"]
