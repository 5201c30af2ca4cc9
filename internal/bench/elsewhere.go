package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"normmap/internal/rig"
	"normmap/web/href"
)

// Settings of measureElsewhere.
const (
	edits     = 200
	soonest   = 10 * time.Second // bounds the wait for the other instance
	wroteName = "__Host-wrote"   // the cookie that tells what its visitor wrote
)

// spread counts what became of edits that were made on one instance.
type spread struct {
	delays []time.Duration // until the other instance showed each
	older  int             // times that the writer was shown an older page
	asked  int             // pages the writer asked for
}

// measureElsewhere times how long it takes until another instance on the same
// database shows an edit, on a page that it keeps in memory; whoever made the
// edit must see it at once, on both.
func measureElsewhere(ctx context.Context, _ *bench, st *stage) (_ []figure, err error) {
	if err := st.free(ctx); err != nil {
		return nil, err
	}
	other, err := st.instance(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = orFirst(err, other.Stop()) }()
	var s spread
	for n := range edits {
		if err := st.follow(ctx, other, &s, n%2 == 0); err != nil {
			return nil, err
		}
	}
	ms := func(share float64) series {
		return series{float64(percentile(s.delays, share).Microseconds()) / 1000}
	}
	return []figure{
		{name: "95 % of edits within", unit: "ms", ours: ms(.95), goal: atMost(20)},
		{name: "middle", unit: "ms", ours: ms(.5)}, {name: "slowest", unit: "ms", ours: ms(1)},
		{name: "older pages shown to the writer", ours: series{float64(s.older)}, goal: atMost(0), note: fmt.Sprintf("of %d", s.asked)},
	}, nil
}

// follow makes one edit and looks for it on the other instance: its writer, who
// has the other one look at once, or somebody else, who is shown it when the
// other one has heard of it.
func (st *stage) follow(ctx context.Context, other *rig.Instance, s *spread, writer bool) error {
	n := st.written.Load()
	if int(n) >= len(st.pairs) {
		return fmt.Errorf("there are no links left to record after %d", n)
	}
	path := href.Initiative(st.pairs[n].Initiative)
	here, there := newReader(st.kept, path), newReader(other, path)
	defer here.end()
	defer there.end()
	before, err := there.text(ctx)
	if err != nil {
		return err
	}
	if _, err := here.text(ctx); err != nil { // both have it in memory
		return err
	}
	request := st.nextLink(st.kept.Listen)
	done, err := fetch(ctx, st.kept.Listen, request)
	if err := done.expect(201, request, err); err != nil {
		return fmt.Errorf("recording a link: %w: %.200s", err, done.body)
	}
	began := time.Now()
	if writer {
		return s.writerSees(ctx, here, there, before, "Cookie: "+wroteName+"="+strings.Trim(done.from.header("etag"), `"`))
	}
	for shown := before; shown == before; {
		if shown, err = there.text(ctx); err != nil {
			return err
		}
		if time.Since(began) > soonest {
			return fmt.Errorf("%s does not show an edit on another instance after %s", path, soonest)
		}
	}
	s.delays = append(s.delays, time.Since(began))
	return nil
}

// writerSees has the writer look on both instances.
func (s *spread) writerSees(ctx context.Context, here, there *reader, before, cookie string) error {
	for _, r := range []*reader{here, there} {
		shown, err := r.text(ctx, cookie)
		if err != nil {
			return err
		}
		s.asked++
		if shown == before {
			s.older++
		}
	}
	return nil
}

// reader reads one page of one instance again and again.
type reader struct {
	at   *rig.Instance
	path string
	line *connection
}

func newReader(at *rig.Instance, path string) *reader { return &reader{at: at, path: path} }

func (r *reader) end() {
	if r.line != nil {
		r.line.close()
	}
}

// text is the page as it is sent now.
func (r *reader) text(ctx context.Context, lines ...string) (string, error) {
	if r.line == nil {
		var err error
		if r.line, err = dial(ctx, r.at.Listen); err != nil {
			return "", err
		}
		r.line.keep = true
	}
	a, err := r.line.ask(get(r.at.Listen, r.path, lines...))
	if err == nil && a.status != 200 {
		err = fmt.Errorf("%w: %s answers %d", errStatus, r.path, a.status)
	}
	return string(r.line.body), err
}
