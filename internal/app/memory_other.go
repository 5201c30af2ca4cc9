//go:build !linux

package app

// letProgramGo does nothing: how it is done differs by system.
func letProgramGo() {}
