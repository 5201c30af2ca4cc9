// Package page holds one component for every screen: page.Agreement(f, a)
// shows what /agreements/{agreement} shows. Each takes the frame and its model
// and nothing else; most models are the read models of package norms, and the
// few that lists need beside them stand in lists.go.
//
// Screens say "none recorded" and never "not done"; they count a contributor's
// links and show others beside them; and they give every claim its printed
// reference and its source.
package page
