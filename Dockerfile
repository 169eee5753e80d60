# syntax=docker/dockerfile:1
FROM rust:1.95.0-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libssl-dev pkg-config && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
COPY assets assets
COPY benches benches
COPY docs docs
COPY examples examples
COPY locales locales
COPY migrations migrations
COPY src src
COPY templates templates
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --release --locked --features postgres-tls && cp target/release/articula /usr/local/bin/articula

FROM debian:12.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/articula --create-home articula
COPY --from=build /usr/local/bin/articula /usr/local/bin/articula
USER articula
WORKDIR /var/lib/articula
# The folder must exist with its owner, because a named volume copies both.
RUN mkdir -p var
VOLUME /var/lib/articula/var
ENV ARTICULA_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD curl -fsS http://127.0.0.1:8080/readyz || exit 1
STOPSIGNAL SIGTERM
ENTRYPOINT ["articula"]
CMD ["serve"]
