# The service as one static program on nothing else. It needs DATABASE_URL: an
# image without an operating system holds no PostgreSQL to keep privately.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=-s -o /normmap ./cmd/normmap

FROM scratch
# For databases that are reached over TLS with a certificate to verify.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /normmap /normmap
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/normmap", "healthcheck"]
ENTRYPOINT ["/normmap"]
CMD ["serve", "--listen", "0.0.0.0:8080"]
