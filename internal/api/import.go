package api

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"normmap/internal/account"
	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/status"
	"normmap/internal/store"
	"normmap/internal/store/naming"
	"normmap/web/href"
)

// NewImport is a contribution whose text is sent as it is.
type NewImport struct {
	Text         string `json:"text" doc:"The text of the contribution, letter for letter."`
	Name         string `json:"name,omitempty" doc:"Name of its file, which says what its form is: letter.md. Plain text when it is left out."`
	Organization string `json:"organization,omitempty" doc:"Slug of the organization that sent it in. Only a table may come without." example:"microsoft"`
	Kind         string `json:"kind,omitempty" enum:"contribution,table" default:"contribution" doc:"What the document is: a contribution, whose text is read, or a table, whose rows are."`
	Replaces     string `json:"replaces,omitempty" doc:"Slug of the recorded source of which it is a new version. A document that looks like one is refused (409) until either this or own_document says what it is." example:"microsoft-bpf-2019"`
	OwnDocument  bool   `json:"own_document,omitempty" doc:"Whether it is a document of its own, though it looks like a new version of a recorded source."`
	Reason       string `json:"reason,omitempty" doc:"Why it is proposed, for whoever reviews it. When it is left out, which document is read."`
	DryRun       bool   `json:"dry_run,omitempty" doc:"Whether to tell what was read and write nothing."`
	TextAlone    bool   `json:"text_alone,omitempty" doc:"Whether to propose that the text of the document is attached though no initiative was found in it. Without this such a document is refused."`
	TableImport
}

// imported is what an import is answered with when all is well.
type imported struct {
	Status   int    `json:"status"`
	Location string `json:"location,omitempty"`
	Result   any    `json:"result"`
}

type importAnswer struct {
	Body func(huma.Context)
}

// imports registers the operation, which reads its request and writes its
// answer by itself: both may be of several types.
func (a *api) imports() {
	op := a.writes(huma.Operation{
		OperationID: "add-import", Method: http.MethodPost, Path: "/imports", Tags: []string{"proposals"},
		Summary: "Send a contribution or a table in: what it says becomes a proposal",
		Description: "Reads a document that an organization sent in (.txt, .md, .html, .docx, .odt, .pdf, .xlsx or .csv) and stages what it says for review; nothing of it is published. " +
			"201 with the number of the proposal; 200 when there is nothing to change, the document waits for review already, also in a file of another format, or nothing was to be written. " +
			"A document in which no initiative is found is refused, unless text_alone says that its text is to be attached all the same. " +
			"With dry_run it tells what was read. A document that looks like a new version of a recorded source of the same organization is refused (409) with its name and the share of its words, until own_document says that it is none or replaces that it is one: its text takes the place of the earlier one, what was quoted from that is found again or told as gone, and only what is new is proposed. A file that cannot be read is refused with a reason. " +
			"With kind table the rows of a .csv or .xlsx file are organizations, initiatives, agreements, adherences, links, sources or citations, or those of a matrix: all of them are proposed or, " +
			"if a single cell has a mistake, nothing; errors then names each cell by its address. " +
			"With Accept: application/x-ndjson, and no " + keyHeader + ", the answer is 200 and a JSON object on each line: how far the work is, and last the result or the problem. " +
			"Whoever closes the connection before the last line cancels: nothing is kept.",
		DefaultStatus: http.StatusCreated,
		Errors:        []int{http.StatusRequestTimeout},
	}, account.ProposeEdits)
	op.MaxBodyBytes, op.Middlewares = maxImport, append(a.guarded(account.ProposeEdits), a.limitWrites, a.limitImports)
	register(a, op, func(context.Context, *struct{}) (*importAnswer, error) { return &importAnswer{a.takeImport}, nil })
}

// importRequest is one import under way.
type importRequest struct {
	*api
	c    huma.Context
	r    *http.Request
	w    http.ResponseWriter
	sent sentImport
}

func (a *api) takeImport(c huma.Context) {
	r, w := humachi.Unwrap(c)
	r = r.WithContext(c.Context()) // which knows who sends it
	i := importRequest{api: a, c: c, r: r, w: w}
	var err error
	i.sent, err = i.receive()
	key := r.Header.Get(keyHeader)
	switch {
	case err != nil:
	case !utf8.ValidString(key):
		err = norms.Field("header."+keyHeader, "is not UTF-8 text")
	case len(key) > maxKey:
		err = norms.Field(keyHeader, "has %d bytes; at most %d fit", len(key), maxKey)
	case key != "" && !i.sent.dry:
		i.answerOnce(key)
		return
	case key == "" && takesLines(r):
		i.answerInLines()
		return
	}
	var out imported
	if err == nil {
		out, err = i.do(r.Context(), nil)
	}
	if err != nil {
		i.refuse(err)
		return
	}
	i.tell(out)
}

// receive reads the request. A deadline for that would run on while the
// document is read, and end it.
func (i importRequest) receive() (sentImport, error) {
	// These fail on connections that have no deadlines, which need none.
	_ = i.c.SetReadDeadline(i.Now().Add(receiveWithin))
	defer func() { _ = i.c.SetReadDeadline(time.Time{}) }()
	return readImport(i.r)
}

// receiveWithin is how long sending a contribution may take.
const receiveWithin = time.Minute

// importRead is a document that was read: a contribution, or a table.
type importRead struct {
	contribution.Reader
	contribution.Contribution
	table *contribution.Table
}

// do reads the document and, unless it is a dry run, proposes what it says.
func (i importRequest) do(ctx context.Context, tell func(contribution.Progress)) (imported, error) {
	read, err := i.read(ctx, tell)
	switch {
	case err != nil:
		return imported{}, err
	case !i.sent.dry:
		return i.propose(ctx, read)
	case read.table == nil:
		described, err := DescribeContribution(ctx, read.Reader, read.Contribution, i.Now())
		return imported{Status: http.StatusOK, Result: described}, err
	}
	described, err := DescribeTable(*read.table, contribution.Proposed{})
	return imported{Status: http.StatusOK, Result: described}, err
}

func (i importRequest) read(ctx context.Context, tell func(contribution.Progress)) (importRead, error) {
	read := importRead{Reader: i.Contributions}
	read.Reader.Store, read.Tell, read.Replaces = i.Store, tell, i.sent.replaces
	var err error
	if i.sent.kind == asTable {
		t, failed := read.TableAs(ctx, i.sent.file, i.sent.options(i.sent.organization), i.Now())
		read.table, err = &t, failed
	} else {
		read.Contribution, err = read.Read(ctx, i.sent.file, i.sent.organization)
	}
	if renamed, ok := errors.AsType[*naming.MovedError](err); ok {
		err = norms.Field("organization", "is called %q now; send that", renamed.Slug)
	}
	if norms.KindOf(err) == norms.NotFound || norms.KindOf(err) == norms.Gone {
		err = norms.Field("organization", "there is no organization %q: record it first (PUT /api/v1/organizations/%[1]s), or name another one", i.sent.organization)
	}
	return read, err
}

func (i importRequest) propose(ctx context.Context, read importRead) (imported, error) {
	if read.table != nil {
		return i.proposeTable(ctx, read.Reader, *read.table)
	}
	read.TextAlone, read.OwnDocument = i.sent.textAlone, i.sent.ownDocument
	reason := i.sent.reason
	if reason == "" {
		reason = "Reading " + read.Title()
	}
	done, err := read.Propose(ctx, actor(ctx), read.Contribution, reason, i.Now())
	out := imported{Status: http.StatusOK, Result: DescribeProposed(read.Contribution, done)}
	if err == nil && done.Proposal != 0 && !done.Again {
		out.Status, out.Location = http.StatusCreated, href.APIProposal(done.Proposal)
	}
	return out, err
}

// answerOnce proposes what a request with a key asks for, once. The document
// is read before, and others are waited for: that takes longer than a transaction
// may be silent.
func (i importRequest) answerOnce(key string) {
	ctx := i.r.Context()
	read, err := i.read(ctx, nil)
	release := func() {}
	if err == nil {
		read.Reader, release, err = read.Turn(ctx)
	}
	if err != nil {
		i.refuse(err)
		return
	}
	defer release()
	hash := i.sent.hash()
	answer, again, err := i.Store.Once(ctx, store.Request{Account: actor(ctx).ID, Key: key, Hash: hash[:]}, func(tx *store.Store) (store.Answer, error) {
		read.Reader.Store = tx
		out, err := i.propose(ctx, read)
		if err != nil {
			return store.Answer{}, err
		}
		k := &kept{header: http.Header{}, status: http.StatusOK}
		err = out.write(k)
		return store.Answer{Status: k.status, Header: k.header, Body: k.body.Bytes()}, err
	})
	if err != nil {
		i.refuse(err)
		return
	}
	i.replay(answer, again)
}

func (i importRequest) replay(answer store.Answer, again bool) {
	for name, values := range answer.Header {
		i.w.Header()[name] = values
	}
	if again {
		i.w.Header().Set("Idempotency-Replayed", "true")
	}
	i.w.WriteHeader(answer.Status)
	_, _ = i.w.Write(answer.Body) // whoever hung up asks again
}

func (i importRequest) tell(out imported) {
	if err := out.write(i.w); err != nil {
		i.refuse(err)
	}
}

// write answers with the result.
func (out imported) write(w http.ResponseWriter) error {
	body, err := json.Marshal(out.Result)
	if err != nil {
		return fmt.Errorf("writing what came of an import: %w", err)
	}
	w.Header().Set("Content-Type", "application/json")
	if out.Location != "" {
		w.Header().Set("Location", out.Location)
	}
	w.WriteHeader(out.Status)
	_, _ = w.Write(body) // whoever hung up cannot be told
	return nil
}

// problem turns an error into what the client is told. What is wrong with a
// file is said by a reason.
func (i importRequest) problem(err error) failure {
	refusal, ok := errors.AsType[*document.Refusal](err)
	if !ok {
		return i.api.problem(i.r.Context(), "body", err)
	}
	f := withField(failed(status.OfRefusal(refusal.Reason), refusal.What), "body."+i.sent.field, refusal.What)
	f.Reason, f.Reference = string(refusal.Reason), requestID(i.r.Context())
	return f
}

func (i importRequest) refuse(err error) { send(i.w, i.problem(err)) }

// hash is by what a request is known again. The same one is never sent as the
// same bytes: the parts of a form are parted by other marks each time.
func (s sentImport) hash() [sha256.Size]byte {
	h := sha256.New()
	how, err := json.Marshal(s.TableImport)
	if err != nil {
		panic(err) // it holds nothing but texts and numbers
	}
	for _, part := range []string{href.APIImports(), s.organization, s.replaces, s.reason, s.file.Name, s.kind, string(how), strconv.FormatBool(s.textAlone), strconv.FormatBool(s.ownDocument)} {
		fmt.Fprintf(h, "%s\n", strconv.Quote(part))
	}
	h.Write(s.file.Data)
	return [sha256.Size]byte(h.Sum(nil))
}
