package site

import (
	"net/http"

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
	s.get("/agreements/{agreement}/history", account.Read, s.history("agreement"))
	s.browse("/agreements/{agreement}/editions/{edition}", s.edition)
	s.browse("/agreements/{agreement}/principles/{label}", s.principle)
	s.get("/agreements/{agreement}/principles/{label}/history", account.Read, s.history("principle"))
	s.browse("/agreements/{agreement}/editions/{edition}/principles/{label}", s.principle)
	s.get("/agreements/{agreement}/editions/{edition}/principles/{label}/history", account.Read, s.history("principle"))
	s.browse("/elements", s.elements)
	s.browse("/elements/{slug}", s.element)
	s.browse("/statements", s.statements)
	s.browse("/statements/{id}", s.statement)
	s.browse("/crosswalk", s.crosswalk)
	s.browse("/crosswalk/cited-together", s.citedTogether)
	s.browse("/organizations", s.organizations)
	s.browse("/organizations/{slug}", s.organization)
	s.get("/organizations/{slug}/history", account.Read, s.history("organization"))
	s.browse("/initiatives", s.initiatives)
	s.browse("/initiatives/{slug}", s.initiative)
	s.get("/initiatives/{slug}/history", account.Read, s.history("initiative"))
	s.browse("/links", s.links)
	s.browse("/links/{id}", s.link)
	s.get("/links/{id}/history", account.Read, s.history("link"))
	s.browse("/sources", s.sources)
	s.browse("/sources/{slug}", s.source)
	s.get("/sources/{slug}/history", account.Read, s.history("source"))
	s.browse("/coverage", s.coverage)
	s.browse("/gaps", s.gaps)
	s.browse("/search", s.search)
	s.browse("/changes", s.changes)
	s.get("/changes.atom", account.Read, s.changesFeed)
	s.get("/changesets/{id}", account.Read, s.changeset)
	s.browse("/data", s.data)
	s.browse("/data/everything", s.everything)
	s.browse("/data/everything.zip", s.archive)
	s.browse("/data/datapackage", s.dataPackage)
	s.browse("/data/{dataset}", s.dataset)
	s.get("/method", account.Read, s.method)
}

// accountRoutes are for signing in and for accounts.
func (s *site) accountRoutes() {
	s.get("/login", account.Read, s.loginPage)
	s.post("/login", account.Read, s.countSignIns(limited(signInsPerMinute, s.signIn)))
	s.post("/logout", account.Read, s.signOut)
	s.get("/setup/{secret}", account.Read, s.setupPage)
	s.post("/setup/{secret}", account.Read, limited(signInsPerMinute, s.setUp))
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
	s.edits("/sources/new", s.sourceEditor())
	s.edits("/sources/{slug}/edit", s.sourceEditor())
	s.edits("/elements/new", s.elementEditor())
	s.edits("/elements/{slug}/edit", s.elementEditor())
	s.edits("/elements/{slug}/readings/new", s.readingEditor())
	s.edits("/element-readings/{id}/edit", s.readingEditor())
	s.edits("/facts/new", s.factEditor())
	s.edits("/facts/{id}/edit", s.factEditor())
	s.edits("/initiatives/new", s.initiativeEditor())
	s.edits("/initiatives/{slug}/edit", s.initiativeEditor())
	s.get("/initiatives/{slug}/cite", account.ProposeEdits, s.showCite)
	s.post("/initiatives/{slug}/cite", account.ProposeEdits, s.saveCite)
	s.get("/initiatives/{slug}/links/edit", account.ProposeEdits, s.showLinks(s.initiativeLinks))
	s.post("/initiatives/{slug}/links/edit", account.ProposeEdits, s.saveLinks(s.initiativeLinks))
	s.get("/agreements/{agreement}/principles/{label}/links/edit", account.ProposeEdits, s.showLinks(s.principleLinks))
	s.post("/agreements/{agreement}/principles/{label}/links/edit", account.ProposeEdits, s.saveLinks(s.principleLinks))
	s.get("/agreements/{agreement}/editions/{edition}/principles/{label}/links/edit", account.ProposeEdits, s.showLinks(s.principleLinks))
	s.post("/agreements/{agreement}/editions/{edition}/principles/{label}/links/edit", account.ProposeEdits, s.saveLinks(s.principleLinks))
	s.post("/batch", account.ProposeEdits, s.batch)
	s.get("/agreements/{agreement}/grid", account.ProposeEdits, s.showGrid)
	s.post("/agreements/{agreement}/grid", account.ProposeEdits, s.saveGrid)
	s.get("/links/{id}/edit", account.ProposeEdits, s.showLink)
	s.post("/links/{id}/edit", account.ProposeEdits, s.saveLink)
	s.get("/citations/{id}/edit", account.ProposeEdits, s.showCitation)
	s.post("/citations/{id}/edit", account.ProposeEdits, s.saveCitation)
	s.edits("/links/{id}/assessments/new", s.newAssessmentEditor())
	s.edits("/assessments/{id}/edit", s.assessmentEditor())
	s.get("/assessments/{id}/answer", account.AnswerForOrganization, s.showEditor(s.answerEditor()))
	s.post("/assessments/{id}/answer", account.AnswerForOrganization, s.saveEditor(s.answerEditor()))
	s.get("/cells/edit", account.ProposeEdits, s.cell)
	s.edits("/cells/review", s.cellReviewEditor())
	s.edits("/cells/ruling", s.rulingEditor())
	s.edits("/organizations/new", s.organizationEditor())
	s.edits("/organizations/{slug}/edit", s.organizationEditor())
	s.edits("/organizations/{slug}/adherences/new", s.adherenceEditor())
	s.edits("/adherences/{id}/edit", s.adherenceEditor())
	s.edits("/statements/new", s.statementEditor())
	s.edits("/statements/{id}/edit", s.statementEditor())
	s.edits("/crosswalk/new", s.crosswalkEditor())
	s.edits("/crosswalk/{id}/edit", s.crosswalkEditor())
	s.get("/proposals", account.ProposeEdits, s.proposals)
	s.get("/proposals/{id}", account.ProposeEdits, s.proposal)
	s.post("/proposals/{id}", account.ProposeEdits, s.decideProposal)
	s.get("/proposals/{id}/edits/{position}", account.ProposeEdits, s.showCorrection)
	s.post("/proposals/{id}/edits/{position}", account.ProposeEdits, s.saveCorrection)
	s.get("/changesets/{id}/revert", account.RevertChangesets, s.showRevert)
	s.post("/changesets/{id}/revert", account.RevertChangesets, s.saveRevert)
}

// agreementRoutes are the forms for agreements and what belongs to them.
func (s *site) agreementRoutes() {
	s.edits("/agreements/new", s.agreementEditor())
	s.edits("/agreements/{agreement}/edit", s.agreementEditor())
	s.edits("/agreements/{agreement}/editions/new", s.editionEditor())
	s.edits("/agreements/{agreement}/editions/{edition}/edit", s.editionEditor())
	s.edits("/agreements/{agreement}/editions/{edition}/principles/new", s.principleEditor())
	s.get("/agreements/{agreement}/editions/{edition}/principles/new/list", account.ProposeEdits, s.showPrincipleList)
	s.post("/agreements/{agreement}/editions/{edition}/principles/new/list", account.ProposeEdits, s.savePrincipleList)
	s.edits("/agreements/{agreement}/principles/{label}/edit", s.principleEditor())
	s.edits("/agreements/{agreement}/editions/{edition}/principles/{label}/edit", s.principleEditor())
	s.edits("/agreements/{agreement}/numberings/new", s.numberingEditor())
	s.edits("/numberings/{id}/edit", s.numberingEditor())
	s.edits("/agreements/{agreement}/events/new", s.eventEditor())
	s.edits("/events/{id}/edit", s.eventEditor())
}

// edits is a plain form: shown by GET, taken by POST.
func (s *site) edits(pattern string, e editor) {
	s.get(pattern, account.ProposeEdits, s.showEditor(e))
	s.post(pattern, account.ProposeEdits, s.saveEditor(e))
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
		s.router.Mount(href.API(), s.API)
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
	s.routes = append(s.routes, route{method, pattern, needs})
	serve := func(w http.ResponseWriter, r *http.Request) {
		visitOf(r).needs = needs
		err := admit(actor(r), needs)
		if err == nil {
			err = h(w, r)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	}
	s.pages.MethodFunc(method, pattern, serve)
	if method == http.MethodGet {
		s.pages.MethodFunc(http.MethodHead, pattern, serve)
	}
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
