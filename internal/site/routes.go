package site

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web"
	"normmap/web/href"
)

// route is one line of the table: who may do what where.
type route struct {
	method, pattern string
	needs           account.Action
}

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
	s.browse("/", s.start)
	s.browse("/agreements", s.agreements)
	s.browse("/agreements/{agreement}", s.agreement)
	s.public("/agreements/{agreement}/history", s.history("agreement"))
	s.browse("/agreements/{agreement}/editions/{edition}", s.edition)
	s.browse("/agreements/{agreement}/principles/{label}", s.principle)
	s.public("/agreements/{agreement}/principles/{label}/history", s.history("principle"))
	s.browse("/agreements/{agreement}/editions/{edition}/principles/{label}", s.principle)
	s.public("/agreements/{agreement}/editions/{edition}/principles/{label}/history", s.history("principle"))
	s.browse("/elements", s.elements)
	s.browse("/elements/{slug}", s.element)
	s.browse("/statements", s.statements)
	s.browse("/statements/{id}", s.statement)
	s.browse("/crosswalk", s.crosswalk)
	s.browseCostly("/crosswalk/cited-together", s.citedTogether)
	s.browse("/organizations", s.organizations)
	s.browse("/organizations/{slug}", s.organization)
	s.public("/organizations/{slug}/history", s.history("organization"))
	s.browse("/initiatives", s.initiatives)
	s.browse("/initiatives/{slug}", s.initiative)
	s.public("/initiatives/{slug}/history", s.history("initiative"))
	s.browse("/links", s.links)
	s.browse("/links/{id}", s.link)
	s.public("/links/{id}/history", s.history("link"))
	s.browse("/sources", s.sources)
	s.browse("/sources/{slug}", s.source)
	s.public("/sources/{slug}/history", s.history("source"))
	s.browseCostly("/coverage", s.coverage)
	s.browseCostly("/gaps", s.gaps)
	s.browseCostly("/search", s.search)
	s.browse("/changes", s.changes)
	s.public("/changes.atom", s.changesFeed)
	s.public("/changesets/{id}", s.changeset)
	s.browse("/data", s.data)
	s.browse("/data/everything", s.everything)
	s.browse("/data/everything.zip", s.archive)
	s.browse("/data/datapackage", s.dataPackage)
	s.browse("/data/{dataset}", s.dataset)
	s.public("/method", s.method)
}

// accountRoutes are for signing in and for accounts.
func (s *site) accountRoutes() {
	s.get("/login", account.Read, s.loginPage)
	s.post("/login", account.Read, s.countSignIns(s.signIns.around(s.signIn)))
	s.post("/logout", account.Read, s.signOut)
	s.get("/setup/{secret}", account.Read, s.setupPage)
	s.post("/setup/{secret}", account.Read, newLimit(signInsPerMinute).around(s.setUp))
	s.get("/account", account.ManageOwnAccount, s.accountPage)
	s.post("/account", account.ManageOwnAccount, s.changeAccount)
	s.get("/admin/accounts", account.ManageAccounts, s.accountsPage)
	s.post("/admin/accounts", account.ManageAccounts, s.addAccount)
	s.get("/admin/accounts/{id}", account.ManageAccounts, s.adminAccountPage)
	s.post("/admin/accounts/{id}", account.ManageAccounts, s.changeAdminAccount)
}

// editingRoutes are the forms that change the record.
func (s *site) editingRoutes() {
	s.agreementRoutes()
	s.edits("/sources/new", (*site).sourceEditor)
	s.edits("/sources/{slug}/edit", (*site).sourceEditor)
	s.edits("/elements/new", (*site).elementEditor)
	s.edits("/elements/{slug}/edit", (*site).elementEditor)
	s.edits("/elements/{slug}/readings/new", (*site).readingEditor)
	s.edits("/element-readings/{id}/edit", (*site).readingEditor)
	s.edits("/facts/new", (*site).factEditor)
	s.edits("/facts/{id}/edit", (*site).factEditor)
	s.edits("/initiatives/new", (*site).initiativeEditor)
	s.edits("/initiatives/{slug}/edit", (*site).initiativeEditor)
	s.get("/initiatives/{slug}/cite", account.ProposeEdits, s.showCite)
	s.post("/initiatives/{slug}/cite", account.ProposeEdits, s.saveCite)
	s.get("/initiatives/{slug}/links/edit", account.ProposeEdits, s.showLinks(s.initiativeLinks))
	s.post("/initiatives/{slug}/links/edit", account.ProposeEdits, s.saveLinks(s.initiativeLinks))
	s.get("/agreements/{agreement}/principles/{label}/links/edit", account.ProposeEdits, s.showLinks(s.principleLinks))
	s.post("/agreements/{agreement}/principles/{label}/links/edit", account.ProposeEdits, s.saveLinks(s.principleLinks))
	s.get("/agreements/{agreement}/editions/{edition}/principles/{label}/links/edit", account.ProposeEdits, s.showLinks(s.principleLinks))
	s.post("/agreements/{agreement}/editions/{edition}/principles/{label}/links/edit", account.ProposeEdits, s.saveLinks(s.principleLinks))
	s.post(batchPattern, account.ProposeEdits, s.looking(s.batch))
	s.get(gridPattern, account.ProposeEdits, s.showGrid)
	s.post(gridPattern, account.ProposeEdits, s.looking(s.saveGrid))
	s.get("/links/{id}/edit", account.ProposeEdits, s.showLink)
	s.post("/links/{id}/edit", account.ProposeEdits, s.saveLink)
	s.get("/citations/{id}/edit", account.ProposeEdits, s.showCitation)
	s.post("/citations/{id}/edit", account.ProposeEdits, s.saveCitation)
	s.edits("/links/{id}/assessments/new", (*site).newAssessmentEditor)
	s.edits("/assessments/{id}/edit", (*site).assessmentEditor)
	s.get("/assessments/{id}/answer", account.AnswerForOrganization, s.showEditor((*site).answerEditor))
	s.post("/assessments/{id}/answer", account.AnswerForOrganization, s.saveEditor((*site).answerEditor))
	s.get("/cells/edit", account.ProposeEdits, s.cell)
	s.edits("/cells/review", (*site).cellReviewEditor)
	s.edits("/cells/ruling", (*site).rulingEditor)
	s.edits("/organizations/new", (*site).organizationEditor)
	s.edits("/organizations/{slug}/edit", (*site).organizationEditor)
	s.get("/organizations/{slug}/dossier", account.ReadDossiers, s.dossier)
	s.edits("/organizations/{slug}/adherences/new", (*site).adherenceEditor)
	s.edits("/adherences/{id}/edit", (*site).adherenceEditor)
	s.edits("/statements/new", (*site).statementEditor)
	s.edits("/statements/{id}/edit", (*site).statementEditor)
	s.edits("/crosswalk/new", (*site).crosswalkEditor)
	s.edits("/crosswalk/{id}/edit", (*site).crosswalkEditor)
	s.get("/proposals", account.ProposeEdits, s.proposals)
	s.get("/proposals/{id}", account.ProposeEdits, s.looking(s.proposal))
	s.post("/proposals/{id}", account.ProposeEdits, s.looking(s.decideProposal))
	s.get("/proposals/{id}/edits/{position}", account.ProposeEdits, s.looking(s.showCorrection))
	s.post("/proposals/{id}/edits/{position}", account.ProposeEdits, s.looking(s.saveCorrection))
	s.get("/proposals/{id}/edits/{position}/links", account.ProposeEdits, s.showLinks(s.proposedLinks))
	s.post("/proposals/{id}/edits/{position}/links", account.ProposeEdits, s.saveLinks(s.proposedLinks))
	s.get("/proposals/{id}/edits/{position}/cite", account.ProposeEdits, s.showCite)
	s.post("/proposals/{id}/edits/{position}/cite", account.ProposeEdits, s.saveCite)
	s.get("/rename", account.ProposeEdits, s.showThing(renaming))
	s.post("/rename", account.ProposeEdits, s.saveThing(renaming))
	s.get("/withdraw", account.ProposeEdits, s.showThing(withdrawing))
	s.post("/withdraw", account.ProposeEdits, s.saveThing(withdrawing))
	s.get("/restore", account.ProposeEdits, s.showRestore)
	s.post("/restore", account.ProposeEdits, s.saveRestore)
	s.get("/changesets/{id}/revert", account.RevertChangesets, s.looking(s.showRevert))
	s.post("/changesets/{id}/revert", account.RevertChangesets, s.saveRevert)
}

// agreementRoutes are the forms for agreements and what belongs to them.
func (s *site) agreementRoutes() {
	s.edits("/agreements/new", (*site).agreementEditor)
	s.edits("/agreements/{agreement}/edit", (*site).agreementEditor)
	s.edits("/agreements/{agreement}/editions/new", (*site).editionEditor)
	s.edits("/agreements/{agreement}/editions/{edition}/edit", (*site).editionEditor)
	s.edits("/agreements/{agreement}/editions/{edition}/principles/new", (*site).principleEditor)
	s.get("/agreements/{agreement}/editions/{edition}/principles/new/list", account.ProposeEdits, s.showPrincipleList)
	s.post("/agreements/{agreement}/editions/{edition}/principles/new/list", account.ProposeEdits, s.savePrincipleList)
	s.edits("/agreements/{agreement}/principles/{label}/edit", (*site).principleEditor)
	s.edits("/agreements/{agreement}/editions/{edition}/principles/{label}/edit", (*site).principleEditor)
	s.edits("/agreements/{agreement}/numberings/new", (*site).numberingEditor)
	s.edits("/numberings/{id}/edit", (*site).numberingEditor)
	s.edits("/agreements/{agreement}/events/new", (*site).eventEditor)
	s.edits("/events/{id}/edit", (*site).eventEditor)
}

// The forms on many things at once, whose fields only they themselves can tell.
const (
	gridPattern  = "/agreements/{agreement}/grid"
	batchPattern = "/batch"
)

// edits is a plain form: shown by GET, taken by POST.
func (s *site) edits(pattern string, of editorOf) {
	s.fills[pattern], s.editors[pattern] = true, of
	s.get(pattern, account.ProposeEdits, s.showEditor(of))
	s.post(pattern, account.ProposeEdits, s.saveEditor(of))
}

// machines are addresses for programs: without sessions and pages.
func (s *site) machines() {
	for pattern, h := range map[string]http.HandlerFunc{
		href.Healthz(): s.healthz, href.Readyz(): s.readyz, "/robots.txt": robots, href.OpenSearch(): s.openSearch, "/static/*": web.Handler().ServeHTTP,
	} {
		s.router.Get(pattern, h)
		s.router.Head(pattern, h) // monitors ask so
	}
	if s.API != nil {
		s.router.Mount(href.API(), s.fewCostly(s.API))
	}
}

// get is a page that shows the present only.
func (s *site) get(pattern string, needs account.Action, h handler) {
	s.handle(http.MethodGet, pattern, needs, func(w http.ResponseWriter, r *http.Request) error {
		if err := refusePast(r); err != nil {
			return err
		}
		return h(w, r)
	})
}

// public is a page for everybody that shows the present only.
func (s *site) public(pattern string, h handler) { s.get(pattern, account.Read, s.keeping(h)) }

// post takes a form. The body's type is checked here for all of them.
func (s *site) post(pattern string, needs account.Action, h handler) {
	s.handle(http.MethodPost, pattern, needs, func(w http.ResponseWriter, r *http.Request) error {
		if err := isForm(r); err != nil {
			return err
		}
		return h(w, r)
	})
}

func (s *site) handle(method, pattern string, needs account.Action, h handler) {
	o := route{method, pattern, needs}
	s.routes = append(s.routes, o)
	if method == http.MethodGet {
		s.shown[pattern], s.fills[pattern] = h, s.fills[pattern] || slices.Contains(fillsAlso, pattern)
	}
	serve := func(w http.ResponseWriter, r *http.Request) {
		visitOf(r).needs = needs
		err := s.answer(w, r, o, h)
		if err != nil {
			s.fail(w, r, err)
		}
	}
	s.pages.MethodFunc(method, pattern, serve)
	if method == http.MethodGet {
		s.pages.MethodFunc(http.MethodHead, pattern, serve)
	}
}

// changesRecord tells whether a form of the route is about the record.
func (o route) changesRecord() bool { return o.method == http.MethodPost && ofRecord(o.needs) }

// ofRecord tells actions on the record from those on accounts, whose forms hold
// secrets.
func ofRecord(a account.Action) bool {
	switch a {
	case account.ProposeEdits, account.EditMappings, account.RevertChangesets, account.DecideProposals, account.AnswerForOrganization:
		return true
	}
	return false
}

// answer lets in whoever may, and serves the request.
func (s *site) answer(w http.ResponseWriter, r *http.Request, o route, h handler) error {
	again := o.changesRecord() && signsInAgain(r)
	if again && !actor(r).SignedIn() {
		if err := s.signInAgain(w, r); err != nil {
			return err
		}
	}
	if err := admit(actor(r), o.needs); err != nil {
		return err
	}
	if again {
		return s.resume(w, r, o)
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
	s.fail(w, r, norms.NotFoundf("there is no page at this address"))
}

// notAllowed answers a method that an address does not take, and names those
// that it does.
func (s *site) notAllowed(w http.ResponseWriter, r *http.Request) {
	for _, m := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		if s.router.Match(chi.NewRouteContext(), m, r.URL.Path) {
			w.Header().Add("Allow", m)
		}
	}
	s.fail(w, r, refused(http.StatusMethodNotAllowed, "this address does not take %s requests", r.Method))
}
