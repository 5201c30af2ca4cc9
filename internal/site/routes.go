package site

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web"
	"normmap/web/href"
)

// table is every page and form of the site, each with the action that one must
// be allowed. A visitor without the right is led to the sign-in page, an
// account without it is refused.
func (s *site) table() {
	s.readingRoutes()
	s.accountRoutes()
	s.editingRoutes()
}

// readingRoutes are open to everybody.
func (s *site) readingRoutes() {
	s.browse("/", s.pages.start)
	s.browse("/agreements", s.pages.agreements)
	s.browse("/agreements/{agreement}", s.pages.agreement)
	s.public("/agreements/{agreement}/history", s.pages.history("agreement"))
	s.browse("/agreements/{agreement}/editions/{edition}", s.pages.edition)
	s.browse("/agreements/{agreement}/principles/{label}", s.pages.principle)
	s.public("/agreements/{agreement}/principles/{label}/history", s.pages.history("principle"))
	s.browse("/agreements/{agreement}/editions/{edition}/principles/{label}", s.pages.principle)
	s.public("/agreements/{agreement}/editions/{edition}/principles/{label}/history", s.pages.history("principle"))
	s.browse("/elements", s.pages.elements)
	s.browse("/elements/{slug}", s.pages.element)
	s.browse("/statements", s.pages.statements)
	s.browse("/statements/{id}", s.pages.statement)
	s.browse("/crosswalk", s.pages.crosswalk)
	s.browseCostly("/crosswalk/cited-together", s.pages.citedTogether)
	s.browse("/organizations", s.pages.organizations)
	s.browse("/organizations/{slug}", s.pages.organization)
	s.public("/organizations/{slug}/history", s.pages.history("organization"))
	s.browse("/initiatives", s.pages.initiatives)
	s.browse("/initiatives/{slug}", s.pages.initiative)
	s.public("/initiatives/{slug}/history", s.pages.history("initiative"))
	s.browse("/links", s.pages.links)
	s.browse("/links/{id}", s.pages.link)
	s.public("/links/{id}/history", s.pages.history("link"))
	s.browse("/sources", s.pages.sources)
	s.browse("/sources/{slug}", s.pages.source)
	s.public("/sources/{slug}/history", s.pages.history("source"))
	s.browseCostly("/coverage", s.pages.coverage)
	s.browseCostly("/gaps", s.pages.gaps)
	s.browseCostly("/search", s.pages.search)
	s.browse("/changes", s.pages.changes)
	s.public("/changes.atom", s.pages.changesFeed)
	s.public("/changesets/{id}", s.pages.changeset)
	s.browse("/data", s.pages.data)
	s.browse("/data/everything", s.pages.everything)
	s.browse("/data/everything.zip", s.pages.archive)
	s.browse("/data/datapackage", s.pages.dataPackage)
	s.browse("/data/{dataset}", s.pages.dataset)
	s.public("/method", s.pages.method)
}

// accountRoutes are for signing in and for accounts.
func (s *site) accountRoutes() {
	s.get("/login", account.Read, s.accounts.loginPage)
	s.post("/login", account.Read, s.accounts.signIn)
	s.post("/logout", account.Read, s.accounts.signOut)
	s.get("/setup/{secret}", account.Read, s.accounts.setupPage)
	s.post("/setup/{secret}", account.Read, s.accounts.setUp)
	s.get("/account", account.ManageOwnAccount, s.accounts.accountPage)
	s.post("/account", account.ManageOwnAccount, s.accounts.changeAccount)
	s.get("/admin/accounts", account.ManageAccounts, s.accounts.accountsPage)
	s.post("/admin/accounts", account.ManageAccounts, s.accounts.addAccount)
	s.get("/admin/accounts/{id}", account.ManageAccounts, s.accounts.adminAccountPage)
	s.post("/admin/accounts/{id}", account.ManageAccounts, s.accounts.changeAdminAccount)
}

// editingRoutes are the forms that change the record.
func (s *site) editingRoutes() {
	s.agreementRoutes()
	s.edits("/sources/new", account.ProposeEdits, (*editSite).sourceEditor)
	s.edits("/sources/{slug}/edit", account.ProposeEdits, (*editSite).sourceEditor)
	s.edits("/elements/new", account.ProposeEdits, (*editSite).elementEditor)
	s.edits("/elements/{slug}/edit", account.ProposeEdits, (*editSite).elementEditor)
	s.edits("/elements/{slug}/readings/new", account.ProposeEdits, (*editSite).readingEditor)
	s.edits("/element-readings/{id}/edit", account.ProposeEdits, (*editSite).readingEditor)
	s.edits("/facts/new", account.ProposeEdits, (*editSite).factEditor)
	s.edits("/facts/{id}/edit", account.ProposeEdits, (*editSite).factEditor)
	s.edits("/initiatives/new", account.ProposeEdits, (*editSite).initiativeEditor)
	s.edits("/initiatives/{slug}/edit", account.ProposeEdits, (*editSite).initiativeEditor)
	s.filled("/initiatives/{slug}/cite", account.ProposeEdits, s.forms.showCite, s.forms.saveCite)
	s.filled("/initiatives/{slug}/links/edit", account.ProposeEdits, s.forms.showLinks(s.forms.initiativeLinks), s.forms.saveLinks(s.forms.initiativeLinks))
	s.filled("/agreements/{agreement}/principles/{label}/links/edit", account.ProposeEdits, s.forms.showLinks(s.forms.principleLinks), s.forms.saveLinks(s.forms.principleLinks))
	s.filled("/agreements/{agreement}/editions/{edition}/principles/{label}/links/edit", account.ProposeEdits, s.forms.showLinks(s.forms.principleLinks), s.forms.saveLinks(s.forms.principleLinks))
	s.get("/agreements/{agreement}/grid", account.ProposeEdits, s.forms.showGrid)
	s.handle(route{method: http.MethodPost, pattern: "/agreements/{agreement}/grid", needs: account.ProposeEdits, refill: ofNow(s.forms.showGrid), tells: s.forms.stagedCells, many: true},
		ofForm(s.looking(s.forms.saveGrid)))
	s.handle(route{method: http.MethodPost, pattern: "/batch", needs: account.ProposeEdits, tells: s.forms.tickedThings, many: true}, ofForm(s.looking(s.forms.batch)))
	s.filled("/links/{id}/edit", account.ProposeEdits, s.forms.showLink, s.forms.saveLink)
	s.filled("/citations/{id}/edit", account.ProposeEdits, s.forms.showCitation, s.forms.saveCitation)
	s.edits("/links/{id}/assessments/new", account.ProposeEdits, (*editSite).newAssessmentEditor)
	s.edits("/assessments/{id}/edit", account.ProposeEdits, (*editSite).assessmentEditor)
	s.filled("/assessments/{id}/answer", account.AnswerForOrganization, s.forms.showAnswer, s.forms.saveAnswer)
	s.get("/cells/edit", account.ProposeEdits, s.forms.cell)
	s.edits("/cells/review", account.ProposeEdits, (*editSite).cellReviewEditor)
	s.edits("/cells/ruling", account.ProposeEdits, (*editSite).rulingEditor)
	s.edits("/organizations/new", account.ProposeEdits, (*editSite).organizationEditor)
	s.edits("/organizations/{slug}/edit", account.ProposeEdits, (*editSite).organizationEditor)
	s.get("/organizations/{slug}/dossier", account.ReadDossiers, s.pages.dossier)
	s.edits("/organizations/{slug}/adherences/new", account.ProposeEdits, (*editSite).adherenceEditor)
	s.edits("/adherences/{id}/edit", account.ProposeEdits, (*editSite).adherenceEditor)
	s.edits("/statements/new", account.ProposeEdits, (*editSite).statementEditor)
	s.edits("/statements/{id}/edit", account.ProposeEdits, (*editSite).statementEditor)
	s.edits("/crosswalk/new", account.ProposeEdits, (*editSite).crosswalkEditor)
	s.edits("/crosswalk/{id}/edit", account.ProposeEdits, (*editSite).crosswalkEditor)
	s.get("/proposals", account.ProposeEdits, s.proposals.proposals)
	s.get("/proposals/{id}", account.ProposeEdits, s.looking(s.proposals.proposal))
	s.post("/proposals/{id}", account.ProposeEdits, s.looking(s.proposals.decideProposal))
	s.get("/proposals/{id}/edits/{position}", account.ProposeEdits, s.looking(s.proposals.showCorrection))
	s.post("/proposals/{id}/edits/{position}", account.ProposeEdits, s.looking(s.proposals.saveCorrection))
	s.get("/proposals/{id}/edits/{position}/links", account.ProposeEdits, s.forms.showLinks(s.forms.proposedLinks))
	s.post("/proposals/{id}/edits/{position}/links", account.ProposeEdits, s.forms.saveLinks(s.forms.proposedLinks))
	s.get("/proposals/{id}/edits/{position}/cite", account.ProposeEdits, s.forms.showCite)
	s.post("/proposals/{id}/edits/{position}/cite", account.ProposeEdits, s.forms.saveCite)
	s.filled("/rename", account.ProposeEdits, s.forms.showThing(renaming), s.forms.saveThing(renaming))
	s.filled("/withdraw", account.ProposeEdits, s.forms.showThing(withdrawing), s.forms.saveThing(withdrawing))
	s.filled("/restore", account.ProposeEdits, s.forms.showRestore, s.forms.saveRestore)
	s.filled("/changesets/{id}/revert", account.RevertChangesets, s.looking(s.forms.showRevert), s.forms.saveRevert)
}

// agreementRoutes are the forms for agreements and what belongs to them.
func (s *site) agreementRoutes() {
	s.edits("/agreements/new", account.ProposeEdits, (*editSite).agreementEditor)
	s.edits("/agreements/{agreement}/edit", account.ProposeEdits, (*editSite).agreementEditor)
	s.edits("/agreements/{agreement}/editions/new", account.ProposeEdits, (*editSite).editionEditor)
	s.edits("/agreements/{agreement}/editions/{edition}/edit", account.ProposeEdits, (*editSite).editionEditor)
	s.edits("/agreements/{agreement}/editions/{edition}/principles/new", account.ProposeEdits, (*editSite).principleEditor)
	s.get("/agreements/{agreement}/editions/{edition}/principles/new/list", account.ProposeEdits, s.forms.showPrincipleList)
	s.post("/agreements/{agreement}/editions/{edition}/principles/new/list", account.ProposeEdits, s.forms.savePrincipleList)
	s.edits("/agreements/{agreement}/principles/{label}/edit", account.ProposeEdits, (*editSite).principleEditor)
	s.edits("/agreements/{agreement}/editions/{edition}/principles/{label}/edit", account.ProposeEdits, (*editSite).principleEditor)
	s.edits("/agreements/{agreement}/numberings/new", account.ProposeEdits, (*editSite).numberingEditor)
	s.edits("/numberings/{id}/edit", account.ProposeEdits, (*editSite).numberingEditor)
	s.edits("/agreements/{agreement}/events/new", account.ProposeEdits, (*editSite).eventEditor)
	s.edits("/events/{id}/edit", account.ProposeEdits, (*editSite).eventEditor)
}

// edits is a plain form: shown by GET, taken by POST.
func (s *site) edits(pattern string, needs account.Action, of func(*editSite) editor) {
	o := s.forms.plain(of)
	show := s.forms.showEditor(o)
	s.get(pattern, needs, show)
	s.handle(route{method: http.MethodPost, pattern: pattern, needs: needs, refill: ofNow(show), tells: s.forms.changedFields(o)}, ofForm(s.forms.saveEditor(o)))
}

// filled is another form that GET fills from the query.
func (s *site) filled(pattern string, needs account.Action, show, save handler) {
	s.get(pattern, needs, show)
	s.handle(route{method: http.MethodPost, pattern: pattern, needs: needs, refill: ofNow(show)}, ofForm(save))
}

// machines are addresses for programs: without sessions and pages.
func (s *site) machines() {
	for pattern, h := range map[string]http.HandlerFunc{
		href.Healthz(): s.healthz, href.Readyz(): s.readyz, "/robots.txt": robots, href.OpenSearch(): s.pages.openSearch, "/static/*": web.Handler().ServeHTTP,
	} {
		s.router.Get(pattern, h)
		s.router.Head(pattern, h) // monitors ask so
	}
	if s.API != nil {
		s.router.Mount(href.API(), s.fewCostly(s.API))
	}
}

// browse is a page of the record, which can be asked for as of any revision.
func (s *site) browse(pattern string, h handler) {
	s.handle(route{method: http.MethodGet, pattern: pattern, needs: account.Read, past: true}, s.server.keeping(s.server.reading(h)))
}

// browseCostly is browse for a page that makes the database count or search.
func (s *site) browseCostly(pattern string, h handler) {
	s.handle(route{method: http.MethodGet, pattern: pattern, needs: account.Read, past: true}, s.server.keeping(s.fewAtOnce(s.server.reading(h))))
}

// public is a page for everybody that shows the present only.
func (s *site) public(pattern string, h handler) { s.get(pattern, account.Read, s.server.keeping(h)) }

// get is a page that shows the present only.
func (s *site) get(pattern string, needs account.Action, h handler) {
	s.handle(route{method: http.MethodGet, pattern: pattern, needs: needs}, ofNow(h))
}

// post takes a form.
func (s *site) post(pattern string, needs account.Action, h handler) {
	s.handle(route{method: http.MethodPost, pattern: pattern, needs: needs}, ofForm(h))
}

func (s *site) handle(o route, h handler) {
	s.routes = append(s.routes, o)
	if o.past {
		s.server.takesPast(o.pattern)
	}
	on := s.router.With(enterRoute(o), s.server.withSession)
	serve := func(w http.ResponseWriter, r *http.Request) {
		if err := s.answer(w, r, o, h); err != nil {
			s.server.fail(w, r, err)
		}
	}
	on.MethodFunc(o.method, o.pattern, serve)
	if o.method == http.MethodGet {
		on.MethodFunc(http.MethodHead, o.pattern, serve)
	}
}

// ofNow refuses to answer with the present what was asked about another time.
func ofNow(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := refusePast(r); err != nil {
			return err
		}
		return h(w, r)
	}
}

// ofForm checks the body's type, for all forms.
func ofForm(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := isForm(r); err != nil {
			return err
		}
		return h(w, r)
	}
}

// answer lets in whoever may, and serves the request.
func (s *site) answer(w http.ResponseWriter, r *http.Request, o route, h handler) error {
	again := o.changesRecord() && signsInAgain(r)
	if again && !actor(r).SignedIn() {
		if err := s.accounts.signInAgain(w, r); err != nil {
			return err
		}
	}
	if err := admit(actor(r), o.needs); err != nil {
		return err
	}
	if again {
		return s.server.resume(w, r)
	}
	return h(w, r)
}

// admit says why a may not do what a route needs.
func admit(a account.Actor, needs account.Action) error {
	switch {
	case a.Can(needs):
		return nil
	case !a.SignedIn():
		return norms.Errorf(norms.Unauthenticated, "sign in first")
	}
	if needs == account.AnswerForOrganization && a.OrganizationID == 0 {
		return norms.Errorf(norms.Forbidden, "your account is not bound to an organization; an administrator binds it")
	}
	role, _ := needs.Needs()
	return norms.Errorf(norms.Forbidden, "your account's role is %s; this needs the role %s or a higher one, which an administrator can give", a.Role, role)
}

func (s *site) notFound(w http.ResponseWriter, r *http.Request) {
	s.server.fail(w, r, norms.NotFoundf("there is no page at this address"))
}

// notAllowed answers a method that an address does not take, and names those
// that it does.
func (s *site) notAllowed(w http.ResponseWriter, r *http.Request) {
	for _, m := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		if s.router.Match(chi.NewRouteContext(), m, r.URL.Path) {
			w.Header().Add("Allow", m)
		}
	}
	s.server.fail(w, r, refused(http.StatusMethodNotAllowed, "this address does not take %s requests", r.Method))
}
