# Pasar in a container: the release folder on a slim Debian, with PostgreSQL's programs for the embedded database.
#
#   docker build -t pasar .
#   docker run --init -p 3000:3000 -v pasar:/var/lib/pasar -e PASAR_PUBLIC_URL=http://localhost:3000 --stop-timeout 60 pasar
#
# With DATABASE_URL set, the volume keeps only the search index, media and secrets.

FROM debian:12 AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /src

# The tools, in a layer of their own: it is made again only when the set-up or a pinned version changes.
COPY scripts/env.sh scripts/setup.sh scripts/
COPY scripts/setup scripts/setup
COPY end2end/package.json end2end/package-lock.json end2end/
COPY Cargo.lock ./
RUN scripts/setup.sh

COPY . .
RUN --mount=type=cache,target=/root/.cargo/registry \
    --mount=type=cache,target=/root/.cache/pasar/target \
    make release

FROM debian:12-slim
# Debian's package would start a cluster of its own; the server keeps one in its data folder instead.
RUN mkdir -p /etc/postgresql-common \
 && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf \
 && apt-get update \
 && apt-get install -y --no-install-recommends postgresql-15 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /var/lib/pasar --shell /usr/sbin/nologin pasar \
 && install -d -o pasar -g pasar -m 0700 /var/lib/pasar
COPY --from=build /src/dist /opt/pasar

USER pasar
WORKDIR /opt/pasar
ENV PASAR_LISTEN=0.0.0.0:3000 PASAR_DATA=/var/lib/pasar PASAR_LOG_FORMAT=json
VOLUME /var/lib/pasar
EXPOSE 3000
STOPSIGNAL SIGTERM
# The slim image has no curl; bash can ask by itself.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/3000 && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["./pasar"]
CMD ["serve"]
