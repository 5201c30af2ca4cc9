// Command normmap is Norms to Evidence: the service and the commands around it.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"normmap/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(app.Main(ctx, os.Args[0], os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}
