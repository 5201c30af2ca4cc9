package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"normmap/internal/pglocal"
	"normmap/internal/store/schema"
	"normmap/web/href"
)

func (p *program) healthcheckCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask a running service on this machine whether it is ready",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := p.config(cmd)
			if err != nil {
				return err
			}
			host, port, err := net.SplitHostPort(c.Listen)
			if err != nil {
				return err
			}
			return askReady(cmd.Context(), "http://"+reachable(host, port)+href.Readyz())
		},
	}
	settingFlags(cmd, "listen")
	return cmd
}

// askReady is an error unless the service at address says that it is ready.
func askReady(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("the service does not answer: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the service is not ready: %s answers %s", address, res.Status)
	}
	return nil
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version of this program", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintln(p.stdout, version())
			return nil
		}}
}

// version says what this program was built from and for.
func version() string {
	schema, _ := schema.LatestMigration() // of embedded files, which a test reads
	return fmt.Sprintf("normmap %s, schema %d, %s %s/%s", build(), schema, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// build names the version of the program as the Go tool stamped it.
func build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

func (p *program) resetCommand() *cobra.Command {
	return &cobra.Command{Use: "db-reset", Short: "Delete the private database with everything in it", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := p.config(cmd)
			if err != nil {
				return err
			}
			if c.DatabaseURL != "" {
				return errors.New("DATABASE_URL is set; only the private database can be reset")
			}
			exists, err := pglocal.Exists(c.DataDir)
			if err != nil {
				return err
			}
			if !exists {
				fmt.Fprintf(p.stdout, "There is nothing to delete in %s\n", c.DataDir)
				return nil
			}
			if err := pglocal.Reset(cmd.Context(), c.DataDir); err != nil {
				return fmt.Errorf("resetting the private database: %w", err)
			}
			fmt.Fprintf(p.stdout, "The private database in %s was deleted; the next start makes a new one\n", c.DataDir)
			return nil
		}}
}
