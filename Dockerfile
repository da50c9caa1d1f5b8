# The program, built; compose.yaml says how it runs. Any other way to run a container does, too: /data is its one volume.
FROM node:22-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/mitrat
COPY . .
RUN npm ci && npm run build && npm cache clean --force && mkdir /data && chown node:node /data
USER node
ENV MITRAT_DATA=/data HOST=0.0.0.0
EXPOSE 3000
CMD ["node", "bin/launch.mjs", "start"]
