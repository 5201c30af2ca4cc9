package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"normmap/internal/rig"
)

// metricsLine is how a service says where its second listener is.
var metricsLine = regexp.MustCompile(`"msg":"metrics","address":"([^"]+)/metrics"`)

// profiled keeps a profile of the processor time that work takes, under name,
// if profiles were asked for. It works on an instance of its own: others do not
// listen for whoever takes profiles.
func (b *bench) profiled(ctx context.Context, st *stage, name string, on func(*rig.Instance) work) error {
	if b.profile == "" {
		return nil
	}
	i, err := st.instance(ctx, "NORMMAP_METRICS_LISTEN=127.0.0.1:0")
	if err != nil {
		return err
	}
	return orFirst(b.takeProfile(ctx, i, filepath.Join(b.profile, fmt.Sprintf("%s-%d.pprof", name, st.links)), on(i)), i.Stop())
}

func (b *bench) takeProfile(ctx context.Context, i *rig.Instance, file string, w work) error {
	at := metricsLine.FindStringSubmatch(i.Log.Last())
	if at == nil {
		return errors.New("the service did not say where its profiles are")
	}
	busy, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = w.run(busy, time.Hour) // it is interrupted
	}()
	text, err := download(ctx, at[1]+"/debug/pprof/profile?seconds=5")
	stop()
	<-ended
	if err != nil {
		return fmt.Errorf("taking a profile: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	b.say("a profile is in %s", file)
	return os.WriteFile(file, text, 0o644)
}

func download(ctx context.Context, address string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: %s", errStatus, res.Status)
	}
	return io.ReadAll(res.Body)
}
