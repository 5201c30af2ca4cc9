package site

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

	"github.com/a-h/templ"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// view is what a handler answers, in whichever form was asked for. A view with
// data is a page of the record, which others may keep; one without is a form
// or a private page.
type view struct {
	page   templ.Component
	data   any    // for .json; nil when the page has none
	table  *table // for .csv; nil when the page is not a list
	status int    // 0 means 200
}

// show sends v as html, json or csv. Everything is written to a buffer first,
// so that a failure can still become an error page.
func (s *server) show(w http.ResponseWriter, r *http.Request, v view) error {
	f := wanted(r, v.offered()...)
	if !slices.Contains(v.offered(), f) {
		return norms.NotFoundf("this page has no such data form; its address without the ending shows it")
	}
	var body bytes.Buffer
	if err := s.write(&body, r, v, f); err != nil {
		return fmt.Errorf("writing the page as %s: %w", f, err)
	}
	h := w.Header()
	if past := visitOf(r).past; past != nil {
		h.Set("Memento-Datetime", past.At.UTC().Format(http.TimeFormat)) // RFC 7089
		h.Add("Link", fmt.Sprintf(`<%s>; rel="%s"`, present(r), href.RelPresent))
	}
	h.Set("Content-Type", string(f)+"; charset=utf-8")
	if f == asJSON {
		h.Set("Content-Type", string(f)) // always UTF-8 (RFC 8259)
	}
	if f == asCSV {
		h.Set("Content-Disposition", `attachment; filename="`+v.table.name+`.csv"`)
	}
	v.linkForms(h, r)
	if _, err := visitOf(r).state(r.Context()); err != nil {
		return err
	}
	visitOf(r).end()
	cacheRules(h, r, v.data == nil)
	s.send(w, r, max(v.status, http.StatusOK), body.Bytes())
	return nil
}

func (v view) offered() []format {
	offered := []format{asHTML}
	if v.data != nil {
		offered = append(offered, asJSON)
	}
	if v.table != nil {
		offered = append(offered, asCSV)
	}
	return offered
}

func (s *server) write(b *bytes.Buffer, r *http.Request, v view, f format) error {
	switch f {
	case asJSON:
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		return e.Encode(v.data)
	case asCSV:
		return v.table.write(b)
	}
	return s.render(b, r, v.page)
}

// render writes a page; one about the past stays there.
func (s *server) render(b *bytes.Buffer, r *http.Request, page templ.Component) error {
	past := visitOf(r).past
	if past == nil {
		return page.Render(r.Context(), b)
	}
	var written bytes.Buffer
	if err := page.Render(r.Context(), &written); err != nil {
		return err
	}
	return s.stay(b, &written, past.Revision)
}

// present is the address of a page about the past without the past.
func present(r *http.Request) string {
	q := r.URL.Query()
	q.Del(asOfParameter)
	address := withQuery(r.URL.Path, q)
	switch visitOf(r).suffix {
	case asJSON:
		return href.JSON(address)
	case asCSV:
		return href.CSV(address)
	}
	return address
}

// linkForms names the page's other forms in a header (RFC 8288).
func (v view) linkForms(h http.Header, r *http.Request) {
	address := withQuery(r.URL.Path, r.URL.Query())
	if v.data != nil {
		h.Add("Link", fmt.Sprintf(`<%s>; rel="alternate"; type="%s"`, href.JSON(address), asJSON))
	}
	if v.table != nil {
		h.Add("Link", fmt.Sprintf(`<%s>; rel="alternate"; type="%s"`, href.CSV(address), asCSV))
	}
}

// forBack lets nobody but the reader's own browser keep a form, and lets that
// show it again only by its back button, as it was, with what was typed. With
// no-store the browser would ask for the form anew and put what had been typed
// into one of a newer version, over what others saved meanwhile; and the answer
// to a form could not be gone back to at all. Signing out empties the browser's
// cache (Clear-Site-Data). Forms about accounts, which hold secrets, are no-store.
const forBack = "private, no-cache"

// cacheRules lets nobody keep private pages, but see forBack. Public ones may be
// kept and are asked for again; they depend on who asks and in which form.
func cacheRules(h http.Header, r *http.Request, private bool) {
	v := visitOf(r)
	h.Add("Vary", "Accept")
	switch {
	case private && ofRecord(v.needs) && v.actor.SignedIn():
		h.Set("Cache-Control", forBack)
		return // no Vary by cookie: signing in again must not take the form away
	case private || v.private || v.actor.SignedIn() || v.needs != account.Read:
		h.Set("Cache-Control", "no-store")
	default:
		h.Set("Cache-Control", public)
	}
	h.Add("Vary", "Cookie")
}

// frame is the shell around a page. Crumbs lead from the start page down; the
// last one is the page itself.
func (s *server) frame(r *http.Request, title string, crumbs ...ui.Crumb) ui.Frame {
	path := r.URL.Path
	if strings.HasPrefix(path, href.Setup("")) {
		path = "" // the secret must not travel on in the link to the sign-in page
	}
	return ui.Frame{
		Title:  title,
		Path:   path,
		Crumbs: crumbs,
		Actor:  actor(r),
		Desk:   visitOf(r).desk,
		Into:   into(r),
		Notice: s.notice(r),
		Wrote:  s.wrote(r),
	}
}

// into is the proposal that an address or a form that was sent names.
func into(r *http.Request) string {
	if sent := visitOf(r).posted; sent != nil {
		return cmp.Or(sent.Get("into"), sent.Get("save_as"))
	}
	return r.URL.Query().Get("into")
}

// browseFrame is the frame of a page of the record, which has a permanent
// address and is data too.
func (s *server) browseFrame(r *http.Request, title string, crumbs ...ui.Crumb) ui.Frame {
	f := s.frame(r, title, crumbs...)
	f.Data = href.JSON(withQuery(r.URL.Path, r.URL.Query()))
	s.locate(&f, r, withQuery(r.URL.Path, nil))
	return f
}

// listFrame is that of a list, which is a table as well. Address is the list's
// own, with the filters that were applied and nothing else of the query.
func (s *server) listFrame(r *http.Request, title, address string) ui.Frame {
	f := s.browseFrame(r, title, ui.Crumb{Label: title})
	s.locate(&f, r, address)
	f.CSV = href.CSV(withQuery(r.URL.Path, r.URL.Query()))
	return f
}

// locate gives a page its permanent addresses: its own, and that of the state
// of the record which it shows.
func (s *server) locate(f *ui.Frame, r *http.Request, address string) {
	v := visitOf(r)
	f.Permalink = s.baseURL(r) + address
	if v.record == nil {
		return
	}
	f.Revision, _ = v.revision(r.Context()) // show says what went wrong
	f.State = s.baseURL(r) + asOf(address, f.Revision)
	if v.past != nil {
		f.Past, f.Present, f.Permalink = v.past, address, f.State
	}
}

// withQuery joins a decoded path and a query to an address. Neither is taken as
// it was sent: quotes and angle brackets in it would end the address in a header.
func withQuery(path string, query url.Values) string {
	u := url.URL{Path: path, RawQuery: query.Encode()}
	return u.String()
}

// baseURL is scheme and host of the site as configured. Without that the host
// is what the request says, which anyone can make up and a cache could keep: it
// is believed on this machine only. Elsewhere addresses begin with their path.
func (s *server) baseURL(r *http.Request) string {
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

// noticeKey is the session value that say writes.
const noticeKey = "notice"

// say leaves a notice to be shown once, on the visitor's next page.
func (s *server) say(r *http.Request, notice string) {
	s.sessions.Put(r.Context(), noticeKey, notice)
}

// wroteKey is the session value that sayWritten writes beside the notice.
const wroteKey = "wrote"

// sayWritten leaves a notice about a changeset, 0 for none, which leads to it.
func (s *server) sayWritten(r *http.Request, notice string, changeset int64) {
	s.say(r, notice)
	if changeset != 0 {
		s.sessions.Put(r.Context(), wroteKey, changeset)
	}
}

// wrote takes the changeset that the notice on the page is about, 0 for none.
func (s *server) wrote(r *http.Request) int64 {
	if !visitOf(r).hasSession || r.Method != http.MethodGet || !s.sessions.Exists(r.Context(), wroteKey) {
		return 0
	}
	id, _ := s.sessions.Pop(r.Context(), wroteKey).(int64)
	return id
}

// sayToo adds to what say left for the visitor's next page.
func (s *server) sayToo(r *http.Request, more []string) {
	if len(more) > 0 {
		s.say(r, sentences(append([]string{s.sessions.GetString(r.Context(), noticeKey)}, more...)...))
	}
}

// notice takes what say left. Who gets one sees a page that is theirs alone.
func (s *server) notice(r *http.Request) string {
	v := visitOf(r)
	if v.resumed != nil {
		return words.Text(r.Context(), "kept.resumed.notice")
	}
	if !v.hasSession || r.Method != http.MethodGet || !s.sessions.Exists(r.Context(), noticeKey) {
		return ""
	}
	v.private = true
	return s.sessions.PopString(r.Context(), noticeKey)
}

// seeOther leads on to a page of this site after a form was taken.
func seeOther(w http.ResponseWriter, r *http.Request, to string) error {
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// sentences stand one after another; empty ones are left out.
func sentences(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), " ")
}

// saidWritten tells whether sayWritten left something for the next page.
func (s *server) saidWritten(r *http.Request) bool { return s.sessions.Exists(r.Context(), wroteKey) }
