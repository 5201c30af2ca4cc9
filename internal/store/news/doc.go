// Package news is what an instance knows of the newest state of the record
// without asking for it, and how instances tell each other what they wrote.
package news
