// Package ui holds what every page shares: the shell around it, the words in
// which it says what is recorded, and the components of reading and of forms.
//
// Components choose and place; what they show is ready when they get it. There
// is no inline style or script anywhere, so the strictest content policy fits:
// a style sheet, an icon and one deferred script, all from this host.
package ui
