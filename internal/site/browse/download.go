package browse

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"net/http"
	"time"

	"normmap/internal/export"
	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/internal/store"
	"normmap/internal/store/dataset"
)

// Limits of downloads. A reader may be slow, but must take one step of rows
// within stepTime and the whole within downloadTime; and so many at once that
// the pages keep their processors, few of them for one client.
const (
	stepTime     = time.Minute
	downloadTime = 30 * time.Minute
	downloadsMax = 6                      // fewer than there are connections, of which each holds one
	downloadsOne = 2                      // for one client
	downloadWait = serve.AnswerWithin / 2 // for one of these two
	downloadHeap = 32 << 10               // bytes that are collected before they are sent
)

// DownloadRules are the limits of downloads, and what is said to those who find no
// place.
func DownloadRules() serve.SlotRules {
	return serve.SlotRules{All: downloadsMax, Each: downloadsOne, Own: downloadWait,
		TooMany: serve.Later(norms.Errorf(norms.TooMany, "%d downloads to your network address are under way, which is as many as there may be; wait until one of them ends", downloadsOne), stepTime/4),
		Full:    serve.Later(norms.Errorf(norms.Unavailable, "many downloads are under way; try again in a moment"), stepTime/4)}
}

// file is the name under which a download is kept, and its type.
type file struct{ name, kind string }

// download is one reader's way through the record. All of it is read at one
// revision of the past, which stays as it is: so the tables agree, and nothing
// of the database is held while the reader takes what was read.
type download struct {
	*bufio.Writer
	ctx     context.Context // ends when the reader leaves
	record  *store.Store
	about   export.About
	control *http.ResponseController
	now     func() time.Time
	fault   error // what went wrong inside
}

// download sends what write writes. An error before the first byte becomes an
// error page; one after it cuts the connection, so that nobody takes a part for
// the whole.
func (s *Site) download(w http.ResponseWriter, r *http.Request, f file, write func(*download) error) error {
	about, err := s.about(r)
	if err != nil {
		return err
	}
	v := serve.VisitOf(r)
	v.End()
	v.NotKept()
	release, err := s.Downloads.Take(r.Context(), serve.Client(r))
	if err != nil {
		return err
	}
	defer release()
	ctx, cancel := context.WithTimeout(v.Reader, downloadTime)
	defer cancel()
	answer := &begun{ResponseWriter: w}
	d := &download{
		Writer: bufio.NewWriterSize(answer, downloadHeap), ctx: ctx, record: s.Store.AsOf(about.Revision), about: about,
		control: http.NewResponseController(w), now: s.Now,
	}
	s.downloadHeaders(w.Header(), r, f, about.Revision)
	if r.Method == http.MethodHead {
		return nil
	}
	if err = write(d); err == nil {
		err = d.Flush()
	}
	switch {
	case err == nil:
		return nil
	case !answer.yet:
		return err
	}
	v.Cut = true
	if ctx.Err() == nil { // else the reader left or was too slow, which is nobody's fault
		v.Fault = d.fault
	}
	panic(http.ErrAbortHandler) // the end of the answer must be missing, too
}

func (s *Site) downloadHeaders(h http.Header, r *http.Request, f file, revision int64) {
	if past := serve.VisitOf(r).Past; past != nil {
		h.Set("Memento-Datetime", past.At.UTC().Format(http.TimeFormat)) // RFC 7089
	}
	h.Set("Content-Type", f.kind)
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="norms-to-evidence-r%d-%s"`, revision, f.name))
	serve.CacheRules(h, r, false)
}

// begun tells whether an answer has begun.
type begun struct {
	http.ResponseWriter
	yet bool
}

// Write begins the answer.
func (b *begun) Write(p []byte) (int, error) {
	b.yet = true
	return b.ResponseWriter.Write(p)
}

func (d *download) tables(sets []norms.Dataset) []export.Table {
	out := make([]export.Table, len(sets))
	for i, set := range sets {
		out[i] = d.table(set)
	}
	return out
}

func (d *download) table(set norms.Dataset) export.Table {
	return export.Table{Dataset: set, Rows: d.rows(set.Name)}
}

// rows reads a dataset step by step. What was read of one step is sent, or
// waits in the buffer, before the next is asked for.
func (d *download) rows(name string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for after, more := int64(0), true; more; {
			step, err := d.step(name, after)
			if err != nil {
				d.fault = err
				yield(nil, err)
				return
			}
			for _, row := range step.Rows {
				if !yield(row, nil) {
					return
				}
			}
			after, more = step.Last, step.More
		}
	}
}

// step reads once from the database, in the time that any answer has, and
// gives the reader time to take it.
func (d *download) step(name string, after int64) (dataset.DatasetPage, error) {
	until := d.now().Add(serve.AnswerWithin + stepTime)
	// Both, since a read that waits for the reader to leave has a deadline too.
	// Where an answer has none, as in a test, there is nothing to put off.
	_ = d.control.SetWriteDeadline(until)
	_ = d.control.SetReadDeadline(until)
	ctx, cancel := context.WithTimeout(d.ctx, serve.AnswerWithin)
	defer cancel()
	return d.record.DatasetRows(ctx, name, after)
}
