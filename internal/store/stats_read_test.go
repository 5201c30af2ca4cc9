package store_test
import ("testing";"encoding/json";"normmap/internal/norms")
func TestScratch(t *testing.T) {
	s,_ := seeded(t); ctx:=t.Context()
	show := func(n string, v any, err error) { b,_:=json.Marshal(v); if len(b)>1500 {b=b[:1500]}; t.Logf("%s err=%v %s", n, err, b) }
	{v,e:=s.Stats(ctx); show("stats",v,e)}
	{v,e:=s.Start(ctx); show("start",v,e)}
	{v,e:=s.Agreements(ctx,norms.Page{Limit:2}); show("agreements",v,e); v,e=s.Agreements(ctx,norms.Page{Limit:2,Cursor:*v.Next}); show("agreements2",v,e)}
	{v,e:=s.Agreement(ctx,"gcsc"); show("agreement",v,e)}
	{v,e:=s.Edition(ctx,"gcsc","singapore-2018"); show("edition",v,e)}
	{v,e:=s.Edition(ctx,"gcsc","nope"); show("edition",v,e)}
	{v,e:=s.PrincipleChoices(ctx,"manrs","1"); show("choices",v,e)}
	{v,e:=s.Principle(ctx,norms.Ref{Agreement:"gcsc",Label:"6"}); show("principle",v,e)}
	{v,e:=s.Principle(ctx,norms.Ref{Agreement:"paris-call",Label:"1"}); show("principle",v,e)}
	{v,e:=s.Principle(ctx,norms.Ref{Agreement:"manrs",Label:"1"}); show("principle",v,e)}
	{v,e:=s.Principles(ctx,norms.PrincipleFilter{Agreement:"paris-call",Evidence:"none"},norms.Page{}); show("principles",v,e)}
	{v,e:=s.Organizations(ctx,norms.OrganizationFilter{},norms.Page{}); show("orgs",v,e)}
	{v,e:=s.Organization(ctx,"microsoft"); show("org",v,e)}
	{v,e:=s.Initiatives(ctx,norms.InitiativeFilter{Principle:"paris-call/1"},norms.Page{}); show("inits",v,e)}
	{v,e:=s.Initiative(ctx,"microsoft-cvd-policy"); show("init",v,e)}
	{v,e:=s.Sources(ctx,norms.SourceFilter{},norms.Page{}); show("sources",v,e)}
	{v,e:=s.Source(ctx,"microsoft-bpf-2019"); show("source",v,e)}
	{v,e:=s.Links(ctx,norms.LinkFilter{},norms.Page{}); show("links",v,e)}
	{v,e:=s.Link(ctx,1); show("link",v,e)}
	{v,e:=s.Link(ctx,99991); show("link",v,e)}
	{v,e:=s.Citations(ctx,norms.CitationFilter{Resolution:"unresolved"},norms.Page{}); show("citations",v,e)}
	{v,e:=s.Citation(ctx,1); show("citation",v,e)}
	{v,e:=s.Adherences(ctx,norms.AdherenceFilter{},norms.Page{}); show("adh",v,e)}
	{v,e:=s.Adherence(ctx,1); show("adh",v,e)}
	{v,e:=s.Gaps(ctx); show("gaps",v.Adherences,e)}
	{v,e:=s.Changes(ctx,norms.Page{}); show("changes",v,e)}
	{v,e:=s.Changeset(ctx,1); show("changeset",v,e); show("more",v.More,nil)}
	{v,e:=s.History(ctx,"principle","gcsc/6"); show("hist",v,e)}
	{v,e:=s.History(ctx,"initiative","microsoft-cvd-policy"); show("hist",v,e)}
	{v,e:=s.History(ctx,"agreement","gcsc"); show("hist",v,e)}
	{v,e:=s.History(ctx,"organization","microsoft"); show("hist",v,e)}
	{v,e:=s.History(ctx,"source","microsoft-bpf-2019"); show("hist",v,e)}
	{v,e:=s.Names(ctx); show("names",v,e)}
	{v,e:=s.Readings(ctx,"gcsc","5"); show("readings",v,e)}
}
