package site

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/site/edit"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
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
	s.browse("/", s.pages.Start)
	s.browse("/agreements", s.pages.Agreements)
	s.browse("/agreements/{agreement}", s.pages.Agreement)
	s.public("/agreements/{agreement}/history", s.pages.History("agreement"))
	s.browse("/agreements/{agreement}/editions/{edition}", s.pages.Edition)
	s.browse("/agreements/{agreement}/principles/{label}", s.pages.Principle)
	s.public("/agreements/{agreement}/principles/{label}/history", s.pages.History("principle"))
	s.browse("/agreements/{agreement}/editions/{edition}/principles/{label}", s.pages.Principle)
	s.public("/agreements/{agreement}/editions/{edition}/principles/{label}/history", s.pages.History("principle"))
	s.browse("/elements", s.pages.Elements)
	s.browse("/elements/{slug}", s.pages.Element)
	s.browse("/statements", s.pages.Statements)
	s.browse("/statements/{id}", s.pages.Statement)
	s.browse("/crosswalk", s.pages.Crosswalk)
	s.browseCostly("/crosswalk/cited-together", s.pages.CitedTogether)
	s.browse("/organizations", s.pages.Organizations)
	s.browse("/organizations/{slug}", s.pages.Organization)
	s.public("/organizations/{slug}/history", s.pages.History("organization"))
	for _, form := range href.DossierForms {
		s.browse("/organizations/{slug}/dossier."+form, s.pages.DossierFile(form))
	}
	s.browse("/initiatives", s.pages.Initiatives)
	s.browse("/initiatives/{slug}", s.pages.Initiative)
	s.public("/initiatives/{slug}/history", s.pages.History("initiative"))
	s.browse("/links", s.pages.Links)
	s.browse("/links/{id}", s.pages.Link)
	s.public("/links/{id}/history", s.pages.History("link"))
	s.handle(serve.Route{Method: http.MethodGet, Pattern: "/citations/{id}", Needs: account.Read, Past: true}, s.server.Reading(s.pages.Citation))
	s.browse("/sources", s.pages.Sources)
	s.browse("/sources/{slug}", s.pages.Source)
	s.public("/sources/{slug}/history", s.pages.History("source"))
	s.browseCostly("/coverage", s.pages.Coverage)
	s.browseCostly("/gaps", s.pages.Gaps)
	s.browseCostly("/search", s.pages.Search)
	s.browse("/changes", s.pages.Changes)
	s.public("/changes.atom", s.pages.ChangesFeed)
	s.public("/changesets/{id}", s.pages.Changeset)
	s.browse("/data", s.pages.Data)
	s.browse("/data/everything", s.pages.Everything)
	s.browse("/data/everything.zip", s.pages.Archive)
	s.browse("/data/datapackage", s.pages.DataPackage)
	s.browse("/data/{dataset}", s.pages.Dataset)
	s.public("/method", s.pages.Method)
}

// accountRoutes are for signing in and for accounts.
func (s *site) accountRoutes() {
	s.get("/login", account.Read, s.accounts.LoginPage)
	s.post("/login", account.Read, s.accounts.SignIn)
	s.post("/logout", account.Read, s.accounts.SignOut)
	s.get("/setup/{secret}", account.Read, s.accounts.SetupPage)
	s.post("/setup/{secret}", account.Read, s.accounts.SetUp)
	s.get("/account", account.ManageOwnAccount, s.accounts.AccountPage)
	s.post("/account", account.ManageOwnAccount, s.accounts.ChangeAccount)
	s.get("/admin/accounts", account.ManageAccounts, s.accounts.AccountsPage)
	s.post("/admin/accounts", account.ManageAccounts, s.accounts.AddAccount)
	s.get("/admin/accounts/{id}", account.ManageAccounts, s.accounts.AdminAccountPage)
	s.post("/admin/accounts/{id}", account.ManageAccounts, s.accounts.ChangeAdminAccount)
}

// editingRoutes are the forms that change the record.
func (s *site) editingRoutes() {
	s.agreementRoutes()
	s.edits("/sources/new", account.ProposeEdits, (*edit.Site).SourceEditor)
	s.edits("/sources/{slug}/edit", account.ProposeEdits, (*edit.Site).SourceEditor)
	s.edits("/elements/new", account.ProposeEdits, (*edit.Site).ElementEditor)
	s.edits("/elements/{slug}/edit", account.ProposeEdits, (*edit.Site).ElementEditor)
	s.edits("/elements/{slug}/readings/new", account.ProposeEdits, (*edit.Site).ReadingEditor)
	s.edits("/element-readings/{id}/edit", account.ProposeEdits, (*edit.Site).ReadingEditor)
	s.edits("/facts/new", account.ProposeEdits, (*edit.Site).FactEditor)
	s.edits("/facts/{id}/edit", account.ProposeEdits, (*edit.Site).FactEditor)
	s.edits("/initiatives/new", account.ProposeEdits, (*edit.Site).InitiativeEditor)
	s.edits("/initiatives/{slug}/edit", account.ProposeEdits, (*edit.Site).InitiativeEditor)
	s.filled("/initiatives/{slug}/cite", account.ProposeEdits, s.forms.ShowCite, s.forms.SaveCite)
	s.filled("/initiatives/{slug}/links/edit", account.ProposeEdits, s.forms.ShowLinks(s.forms.InitiativeLinks), s.forms.SaveLinks(s.forms.InitiativeLinks))
	s.filled("/agreements/{agreement}/principles/{label}/links/edit", account.ProposeEdits, s.forms.ShowLinks(s.forms.PrincipleLinks), s.forms.SaveLinks(s.forms.PrincipleLinks))
	s.filled("/agreements/{agreement}/editions/{edition}/principles/{label}/links/edit", account.ProposeEdits, s.forms.ShowLinks(s.forms.PrincipleLinks), s.forms.SaveLinks(s.forms.PrincipleLinks))
	s.get("/agreements/{agreement}/grid", account.ProposeEdits, s.forms.ShowGrid)
	s.handle(serve.Route{Method: http.MethodPost, Pattern: "/agreements/{agreement}/grid", Needs: account.ProposeEdits, Refill: ofNow(s.forms.ShowGrid), Tells: s.forms.StagedCells, Many: true},
		ofForm(s.looking(s.forms.SaveGrid)))
	s.handle(serve.Route{Method: http.MethodPost, Pattern: "/batch", Needs: account.ProposeEdits, Tells: s.forms.TickedThings, Many: true}, ofForm(s.looking(s.forms.Batch)))
	s.filled("/links/{id}/edit", account.ProposeEdits, s.forms.ShowLink, s.forms.SaveLink)
	s.filled("/citations/{id}/edit", account.ProposeEdits, s.forms.ShowCitation, s.forms.SaveCitation)
	s.edits("/links/{id}/assessments/new", account.ProposeEdits, (*edit.Site).NewAssessmentEditor)
	s.edits("/assessments/{id}/edit", account.ProposeEdits, (*edit.Site).AssessmentEditor)
	s.filled("/assessments/{id}/answer", account.AnswerForOrganization, s.forms.ShowAnswer, s.forms.SaveAnswer)
	s.get("/cells/edit", account.ProposeEdits, s.forms.Cell)
	s.edits("/cells/review", account.ProposeEdits, (*edit.Site).CellReviewEditor)
	s.edits("/cells/ruling", account.ProposeEdits, (*edit.Site).RulingEditor)
	s.edits("/organizations/new", account.ProposeEdits, (*edit.Site).OrganizationEditor)
	s.edits("/organizations/{slug}/edit", account.ProposeEdits, (*edit.Site).OrganizationEditor)
	s.get("/organizations/{slug}/dossier", account.ReadDossiers, s.pages.Dossier)
	s.edits("/organizations/{slug}/adherences/new", account.ProposeEdits, (*edit.Site).AdherenceEditor)
	s.edits("/adherences/{id}/edit", account.ProposeEdits, (*edit.Site).AdherenceEditor)
	s.edits("/statements/new", account.ProposeEdits, (*edit.Site).StatementEditor)
	s.edits("/statements/{id}/edit", account.ProposeEdits, (*edit.Site).StatementEditor)
	s.edits("/crosswalk/new", account.ProposeEdits, (*edit.Site).CrosswalkEditor)
	s.edits("/crosswalk/{id}/edit", account.ProposeEdits, (*edit.Site).CrosswalkEditor)
	s.get("/proposals", account.ProposeEdits, s.proposals.Proposals)
	s.get("/proposals/{id}", account.ProposeEdits, s.looking(s.proposals.Proposal))
	s.post("/proposals/{id}", account.ProposeEdits, s.looking(s.proposals.DecideProposal))
	s.get("/proposals/{id}/text", account.ProposeEdits, s.looking(s.proposals.Desk))
	s.post("/proposals/{id}/text", account.ProposeEdits, s.looking(s.proposals.DecideOnDesk))
	s.get("/proposals/{id}/edits/{position}/regroup", account.ProposeEdits, s.looking(s.proposals.ShowRegroup))
	s.post("/proposals/{id}/edits/{position}/regroup", account.ProposeEdits, s.looking(s.proposals.SaveRegroup))
	s.get("/proposals/{id}/edits/{position}", account.ProposeEdits, s.looking(s.proposals.ShowCorrection))
	s.post("/proposals/{id}/edits/{position}", account.ProposeEdits, s.looking(s.proposals.SaveCorrection))
	s.get("/proposals/{id}/edits/{position}/links", account.ProposeEdits, s.forms.ShowLinks(s.forms.ProposedLinks))
	s.post("/proposals/{id}/edits/{position}/links", account.ProposeEdits, s.forms.SaveLinks(s.forms.ProposedLinks))
	s.get("/proposals/{id}/edits/{position}/cite", account.ProposeEdits, s.forms.ShowCite)
	s.post("/proposals/{id}/edits/{position}/cite", account.ProposeEdits, s.forms.SaveCite)
	s.get("/import", account.ProposeEdits, s.imports.ShowImport)
	s.handle(serve.Route{Method: http.MethodPost, Pattern: "/import", Needs: account.ProposeEdits, Refill: ofNow(s.imports.ShowImport), Files: true}, ofUpload(s.imports.SendImport))
	s.get("/import/table", account.ProposeEdits, s.imports.ShowSendTable)
	s.handle(serve.Route{Method: http.MethodPost, Pattern: "/import/table", Needs: account.ProposeEdits, Refill: ofNow(s.imports.ShowSendTable), Files: true}, ofUpload(s.imports.SendTable))
	s.get("/import/table/{id}", account.ProposeEdits, s.imports.ShowTable)
	s.post("/import/table/{id}", account.ProposeEdits, s.imports.SaveTable)
	s.filled("/rename", account.ProposeEdits, s.forms.ShowThing(edit.Renaming), s.forms.SaveThing(edit.Renaming))
	s.filled("/withdraw", account.ProposeEdits, s.forms.ShowThing(edit.Withdrawing), s.forms.SaveThing(edit.Withdrawing))
	s.filled("/restore", account.ProposeEdits, s.forms.ShowRestore, s.forms.SaveRestore)
	s.filled("/changesets/{id}/revert", account.RevertChangesets, s.looking(s.forms.ShowRevert), s.forms.SaveRevert)
}

// agreementRoutes are the forms for agreements and what belongs to them.
func (s *site) agreementRoutes() {
	s.edits("/agreements/new", account.ProposeEdits, (*edit.Site).AgreementEditor)
	s.edits("/agreements/{agreement}/edit", account.ProposeEdits, (*edit.Site).AgreementEditor)
	s.edits("/agreements/{agreement}/editions/new", account.ProposeEdits, (*edit.Site).EditionEditor)
	s.edits("/agreements/{agreement}/editions/{edition}/edit", account.ProposeEdits, (*edit.Site).EditionEditor)
	s.edits("/agreements/{agreement}/editions/{edition}/principles/new", account.ProposeEdits, (*edit.Site).PrincipleEditor)
	s.get("/agreements/{agreement}/editions/{edition}/principles/new/list", account.ProposeEdits, s.forms.ShowPrincipleList)
	s.post("/agreements/{agreement}/editions/{edition}/principles/new/list", account.ProposeEdits, s.forms.SavePrincipleList)
	s.edits("/agreements/{agreement}/principles/{label}/edit", account.ProposeEdits, (*edit.Site).PrincipleEditor)
	s.edits("/agreements/{agreement}/editions/{edition}/principles/{label}/edit", account.ProposeEdits, (*edit.Site).PrincipleEditor)
	s.edits("/agreements/{agreement}/numberings/new", account.ProposeEdits, (*edit.Site).NumberingEditor)
	s.edits("/numberings/{id}/edit", account.ProposeEdits, (*edit.Site).NumberingEditor)
	s.edits("/agreements/{agreement}/events/new", account.ProposeEdits, (*edit.Site).EventEditor)
	s.edits("/events/{id}/edit", account.ProposeEdits, (*edit.Site).EventEditor)
}

// edits is a plain form: shown by GET, taken by POST.
func (s *site) edits(pattern string, needs account.Action, of func(*edit.Site) form.Editor) {
	o := s.forms.Plain(of)
	show := s.forms.ShowEditor(o)
	s.get(pattern, needs, show)
	s.handle(serve.Route{Method: http.MethodPost, Pattern: pattern, Needs: needs, Refill: ofNow(show), Tells: s.forms.ChangedFields(o)}, ofForm(s.forms.SaveEditor(o)))
}

// filled is another form that GET fills from the query.
func (s *site) filled(pattern string, needs account.Action, show, save serve.Handler) {
	s.get(pattern, needs, show)
	s.handle(serve.Route{Method: http.MethodPost, Pattern: pattern, Needs: needs, Refill: ofNow(show)}, ofForm(save))
}

// machines are addresses for programs: without sessions and pages.
func (s *site) machines() {
	for pattern, h := range map[string]http.HandlerFunc{
		href.Healthz(): s.healthz, href.Readyz(): s.readyz, "/robots.txt": robots, href.OpenSearch(): s.pages.OpenSearch, "/static/*": web.Handler().ServeHTTP,
	} {
		s.router.Get(pattern, h)
		s.router.Head(pattern, h) // monitors ask so
	}
	if s.API != nil {
		s.router.Mount(href.API(), s.fewCostly(s.API))
	}
}

// browse is a page of the record, which can be asked for as of any revision.
func (s *site) browse(pattern string, h serve.Handler) {
	s.handle(serve.Route{Method: http.MethodGet, Pattern: pattern, Needs: account.Read, Past: true}, s.server.Keeping(s.server.Reading(h)))
}

// browseCostly is browse for a page that makes the database count or search.
func (s *site) browseCostly(pattern string, h serve.Handler) {
	s.handle(serve.Route{Method: http.MethodGet, Pattern: pattern, Needs: account.Read, Past: true}, s.server.Keeping(s.fewAtOnce(s.server.Reading(h))))
}

// public is a page for everybody that shows the present only.
func (s *site) public(pattern string, h serve.Handler) {
	s.get(pattern, account.Read, s.server.Keeping(h))
}

// get is a page that shows the present only.
func (s *site) get(pattern string, needs account.Action, h serve.Handler) {
	s.handle(serve.Route{Method: http.MethodGet, Pattern: pattern, Needs: needs}, ofNow(h))
}

// post takes a form.
func (s *site) post(pattern string, needs account.Action, h serve.Handler) {
	s.handle(serve.Route{Method: http.MethodPost, Pattern: pattern, Needs: needs}, ofForm(h))
}

func (s *site) handle(o serve.Route, h serve.Handler) {
	s.routes = append(s.routes, o)
	if o.Past {
		s.server.TakesPast(o.Pattern)
	}
	on := s.router.With(serve.EnterRoute(o), s.server.WithSession)
	if o.Files {
		on = on.With(s.server.ReadUpload)
	}
	answer := func(w http.ResponseWriter, r *http.Request) {
		if err := s.answer(w, r, o, h); err != nil {
			s.server.Fail(w, r, err)
		}
	}
	on.MethodFunc(o.Method, o.Pattern, answer)
	if o.Method == http.MethodGet {
		on.MethodFunc(http.MethodHead, o.Pattern, answer)
	}
}

// ofNow refuses to answer with the present what was asked about another time.
func ofNow(h serve.Handler) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := serve.RefusePast(r); err != nil {
			return err
		}
		return h(w, r)
	}
}

// ofForm checks the body's type, for all forms.
func ofForm(h serve.Handler) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := serve.IsForm(r); err != nil {
			return err
		}
		return h(w, r)
	}
}

// ofUpload checks the body's type, for a form that may hold a file.
func ofUpload(h serve.Handler) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := serve.IsUpload(r); err != nil {
			return err
		}
		return h(w, r)
	}
}

// answer lets in whoever may, and serves the request.
func (s *site) answer(w http.ResponseWriter, r *http.Request, o serve.Route, h serve.Handler) error {
	again := o.ChangesRecord() && serve.SignsInAgain(r)
	if again && !serve.Actor(r).SignedIn() {
		if err := s.accounts.SignInAgain(w, r); err != nil {
			return err
		}
	}
	if err := admit(serve.Actor(r), o.Needs); err != nil {
		return err
	}
	if again {
		return s.server.Resume(w, r)
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
	s.server.Fail(w, r, norms.NotFoundf("there is no page at this address"))
}

// notAllowed answers a method that an address does not take, and names those
// that it does.
func (s *site) notAllowed(w http.ResponseWriter, r *http.Request) {
	for _, m := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		if s.router.Match(chi.NewRouteContext(), m, r.URL.Path) {
			w.Header().Add("Allow", m)
		}
	}
	s.server.Fail(w, r, serve.Refused(http.StatusMethodNotAllowed, "this address does not take %s requests", r.Method))
}
