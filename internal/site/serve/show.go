package serve

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// View is what a handler answers, in whichever form was asked for. A view with
// data is a page of the record, which others may keep; one without is a form
// or a private page.
type View struct {
	Page   templ.Component
	Data   any    // for .json; nil when the page has none
	Table  *Table // for .csv; nil when the page is not a list
	Status int    // 0 means 200
}

// Show sends v as html, json or csv. Everything is written to a buffer first,
// so that a failure can still become an error page.
func (s *Server) Show(w http.ResponseWriter, r *http.Request, v View) error {
	f := Wanted(r, v.offered()...)
	if !slices.Contains(v.offered(), f) {
		return norms.NotFoundf("this page has no such data form; its address without the ending shows it")
	}
	body := bodies.Get().(*bytes.Buffer)
	defer giveBack(body)
	if err := s.write(body, r, v, f); err != nil {
		return fmt.Errorf("writing the page as %s: %w", f, err)
	}
	h := w.Header()
	if past := VisitOf(r).Past; past != nil {
		h.Set("Memento-Datetime", past.At.UTC().Format(http.TimeFormat)) // RFC 7089
		h.Add("Link", fmt.Sprintf(`<%s>; rel="%s"`, present(r), href.RelPresent))
	}
	h.Set("Content-Type", string(f)+"; charset=utf-8")
	if f == AsJSON {
		h.Set("Content-Type", string(f)) // always UTF-8 (RFC 8259)
	}
	if f == AsCSV {
		h.Set("Content-Disposition", `attachment; filename="`+v.Table.Name+`.csv"`)
	}
	v.linkForms(h, r)
	if _, err := VisitOf(r).state(r.Context()); err != nil {
		return err
	}
	VisitOf(r).End()
	CacheRules(h, r, v.Data == nil)
	s.Send(w, r, max(v.Status, http.StatusOK), body.Bytes())
	return nil
}

// bodies are rooms to write in: to let one grow anew for each page takes as long
// as a good part of the page.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// giveBack keeps a room for the next page, unless this one was large.
func giveBack(body *bytes.Buffer) {
	if body.Cap() <= largestKept {
		body.Reset()
		bodies.Put(body)
	}
}

func (v View) offered() []Format {
	offered := []Format{AsHTML}
	if v.Data != nil {
		offered = append(offered, AsJSON)
	}
	if v.Table != nil {
		offered = append(offered, AsCSV)
	}
	return offered
}

func (s *Server) write(b *bytes.Buffer, r *http.Request, v View, f Format) error {
	switch f {
	case AsJSON:
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		return e.Encode(v.Data)
	case AsCSV:
		return v.Table.write(b)
	}
	return s.render(b, r, v.Page)
}

// render writes a page; one about the past stays there.
func (s *Server) render(b *bytes.Buffer, r *http.Request, page templ.Component) error {
	past := VisitOf(r).Past
	if past == nil {
		return page.Render(r.Context(), b)
	}
	var written bytes.Buffer
	if err := page.Render(r.Context(), &written); err != nil {
		return err
	}
	return s.stay(b, written.Bytes(), past.Revision)
}

// present is the address of a page about the past without the past.
func present(r *http.Request) string {
	q := r.URL.Query()
	q.Del(asOfParameter)
	address := WithQuery(r.URL.Path, q)
	switch VisitOf(r).Suffix {
	case AsJSON:
		return href.JSON(address)
	case AsCSV:
		return href.CSV(address)
	}
	return address
}

// linkForms names the page's other forms in a header (RFC 8288).
func (v View) linkForms(h http.Header, r *http.Request) {
	address := WithQuery(r.URL.Path, r.URL.Query())
	if v.Data != nil {
		h.Add("Link", fmt.Sprintf(`<%s>; rel="alternate"; type="%s"`, href.JSON(address), AsJSON))
	}
	if v.Table != nil {
		h.Add("Link", fmt.Sprintf(`<%s>; rel="alternate"; type="%s"`, href.CSV(address), AsCSV))
	}
}

// forBack lets nobody but the reader's own browser keep a form, and lets that
// show it again only by its back button, as it was, with what was typed. With
// no-store the browser would ask for the form anew and put what had been typed
// into one of a newer version, over what others saved meanwhile; and the answer
// to a form could not be gone back to at all. Signing out empties the browser's
// cache (Clear-Site-Data). Forms about accounts, which hold secrets, are no-store.
const forBack = "private, no-cache"

// CacheRules lets nobody keep private pages, but see forBack. Public ones may be
// kept and are asked for again; they depend on who asks and in which form.
func CacheRules(h http.Header, r *http.Request, private bool) {
	v := VisitOf(r)
	h.Add("Vary", "Accept")
	switch {
	case private && ofRecord(v.Route.Needs) && v.Actor.SignedIn():
		h.Set("Cache-Control", forBack)
		return // no Vary by cookie: signing in again must not take the form away
	case private || v.private || v.Actor.SignedIn() || v.Route.Needs != account.Read:
		h.Set("Cache-Control", "no-store")
	default:
		h.Set("Cache-Control", public)
	}
	h.Add("Vary", "Cookie")
}

// Frame is the shell around a page. Crumbs lead from the start page down; the
// last one is the page itself.
func (s *Server) Frame(r *http.Request, title string, crumbs ...ui.Crumb) ui.Frame {
	path := r.URL.Path
	if strings.HasPrefix(path, href.Setup("")) {
		path = "" // the secret must not travel on in the link to the sign-in page
	}
	return ui.Frame{
		Title:  title,
		Path:   path,
		Crumbs: crumbs,
		Actor:  Actor(r),
		Desk:   VisitOf(r).Desk,
		Into:   into(r),
		Notice: s.notice(r),
		Wrote:  s.wrote(r),
	}
}

// into is the proposal that an address or a form that was sent names.
func into(r *http.Request) string {
	if sent := VisitOf(r).posted; sent != nil {
		return cmp.Or(sent.Get("into"), sent.Get("save_as"))
	}
	return r.URL.Query().Get("into")
}

// BrowseFrame is the frame of a page of the record, which has a permanent
// address and is data too.
func (s *Server) BrowseFrame(r *http.Request, title string, crumbs ...ui.Crumb) ui.Frame {
	f := s.Frame(r, title, crumbs...)
	f.Data = href.JSON(WithQuery(r.URL.Path, r.URL.Query()))
	s.locate(&f, r, WithQuery(r.URL.Path, nil))
	return f
}

// ListFrame is that of a list, which is a table as well. Address is the list's
// own, with the filters that were applied and nothing else of the query.
func (s *Server) ListFrame(r *http.Request, title, address string) ui.Frame {
	f := s.BrowseFrame(r, title, ui.Crumb{Label: title})
	s.locate(&f, r, address)
	f.CSV = href.CSV(WithQuery(r.URL.Path, r.URL.Query()))
	return f
}

// locate gives a page its permanent addresses: its own, and that of the state
// of the record which it shows.
func (s *Server) locate(f *ui.Frame, r *http.Request, address string) {
	v := VisitOf(r)
	f.Permalink = s.BaseURL(r) + address
	if v.record == nil {
		return
	}
	f.Revision, _ = v.Revision(r.Context()) // show says what went wrong
	f.State = s.BaseURL(r) + AsOf(address, f.Revision)
	if v.Past != nil {
		f.Past, f.Present, f.Permalink = v.Past, address, f.State
	}
}

// WithQuery joins a decoded path and a query to an address. Neither is taken as
// it was sent: quotes and angle brackets in it would end the address in a header.
func WithQuery(path string, query url.Values) string {
	u := url.URL{Path: path, RawQuery: query.Encode()}
	return u.String()
}

// BaseURL is scheme and host of the site as configured. Without that the host
// is what the request says, which anyone can make up and a cache could keep: it
// is believed on this machine only. elsewhere addresses begin with their path.
func (s *Server) BaseURL(r *http.Request) string {
	switch {
	case s.PublicURL != "":
		return s.PublicURL
	case !loopback(r.Host):
		return ""
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// loopback tells whether a host, with or without port, is this machine.
func loopback(host string) bool {
	name := strings.TrimSuffix(strings.ToLower((&url.URL{Host: host}).Hostname()), ".")
	ip, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && ip.IsLoopback()
}

// noticeKey is the session value that Say writes.
const noticeKey = "notice"

// Say leaves a notice to be shown once, on the visitor's next page.
func (s *Server) Say(r *http.Request, notice string) {
	s.sessions.Put(r.Context(), noticeKey, notice)
}

// wroteKey is the session value that SayWritten writes beside the notice.
const wroteKey = "wrote"

// SayWritten leaves a notice about a changeset, 0 for none, which leads to it.
func (s *Server) SayWritten(r *http.Request, notice string, changeset int64) {
	s.Say(r, notice)
	if changeset != 0 {
		s.sessions.Put(r.Context(), wroteKey, changeset)
	}
}

// wrote takes the changeset that the notice on the page is about, 0 for none.
func (s *Server) wrote(r *http.Request) int64 {
	if !VisitOf(r).hasSession || r.Method != http.MethodGet || !s.sessions.Exists(r.Context(), wroteKey) {
		return 0
	}
	id, _ := s.sessions.Pop(r.Context(), wroteKey).(int64)
	return id
}

// SayToo adds to what Say left for the visitor's next page.
func (s *Server) SayToo(r *http.Request, more []string) {
	if len(more) > 0 {
		s.Say(r, Sentences(append([]string{s.sessions.GetString(r.Context(), noticeKey)}, more...)...))
	}
}

// notice takes what Say left. Who gets one sees a page that is theirs alone.
func (s *Server) notice(r *http.Request) string {
	v := VisitOf(r)
	if v.resumed != nil {
		return words.Text(r.Context(), "kept.resumed.notice")
	}
	if !v.hasSession || r.Method != http.MethodGet || !s.sessions.Exists(r.Context(), noticeKey) {
		return ""
	}
	v.private = true
	return s.sessions.PopString(r.Context(), noticeKey)
}

// SeeOther leads on to a page of this site after a form was taken.
func SeeOther(w http.ResponseWriter, r *http.Request, to string) error {
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// Sentences stand one after another; empty ones are left out.
func Sentences(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), " ")
}

// SaidWritten tells whether SayWritten left something for the next page.
func (s *Server) SaidWritten(r *http.Request) bool { return s.sessions.Exists(r.Context(), wroteKey) }
