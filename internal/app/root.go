package app

import (
	"slices"

	"github.com/spf13/cobra"

	"normmap/internal/config"
)

// root is the tree of commands.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:         "normmap",
		Annotations: map[string]string{cobra.CommandDisplayNameAnnotation: p.name},
		Version:     version(),
		Short:       "Norms to Evidence: which initiatives stand behind which principles of cyber agreements",
		Long: "Norms to Evidence is a web service that maps what organizations do to the principles\n" +
			"of the agreements that they stand by. Begin with: " + p.name + " serve",
		SilenceErrors:     true, // Main prints them
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return misused(cmd, "%v", err) })
	for _, s := range config.Settings() {
		if s.Flag != "" && !slices.Contains(ofSome, s.Flag) {
			root.PersistentFlags().String(s.Flag, "", usage(s))
		}
	}
	root.AddCommand(p.serveCommand(), p.migrateCommand(), p.seedCommand(), p.userCommand(), p.tokenCommand(),
		p.importCommand(), p.readDocumentCommand(), p.healthcheckCommand(), p.doctorCommand(), p.synthCommand(), p.versionCommand(), p.resetCommand())
	return group(root)
}

// usage is the help text of a setting's flag. The quoted word is how pflag
// learns what to call the value.
func usage(s config.Setting) string {
	return s.Meaning + " (" + s.Name + "; default: " + s.Default + ")"
}

// ofSome are the flags that only some commands have.
var ofSome = []string{"listen", "metrics-listen", "cache-bytes", "slow-statement", "stop-delay"}

// settingFlags adds flags of that kind to a command.
func settingFlags(cmd *cobra.Command, names ...string) {
	for _, s := range config.Settings() {
		if slices.Contains(names, s.Flag) {
			cmd.Flags().String(s.Flag, "", usage(s))
		}
	}
}

// group makes cmd one that only holds others: it refuses words that are none
// of them, which cobra would answer with its help and exit code 0.
func group(cmd *cobra.Command) *cobra.Command {
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return misused(cmd, "%s needs a command", cmd.CommandPath())
		}
		if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
			return misused(cmd, "there is no command %q, perhaps you mean %q", args[0], near[0])
		}
		return misused(cmd, "there is no command %q", args[0])
	}
	return cmd
}

// noArgs refuses words after a command that takes only flags.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return misused(cmd, "%s takes no argument, but was given %q", cmd.CommandPath(), args[0])
	}
	return nil
}
