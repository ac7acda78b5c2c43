FROM node:20.19-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run --silent build && npm prune --omit=dev

FROM node:20.19-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/schemas ./schemas
COPY --from=build /app/samples ./samples
RUN mkdir --mode=0700 /var/lib/guitu /var/lib/guitu-keys /var/lib/guitu-erasures && chown node:node /var/lib/guitu /var/lib/guitu-keys /var/lib/guitu-erasures
USER node
VOLUME /var/lib/guitu
EXPOSE 3000
CMD ["node", "dist/apps/standalone/src/main.js"]
