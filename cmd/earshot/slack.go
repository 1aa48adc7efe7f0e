package main

import "earshot/alert/slack"

type slackCmd struct {
	Manifest slackManifestCmd `cmd:"" help:"Print the app manifest to paste at api.slack.com/apps."`
}

type slackManifestCmd struct {
	RequestURL string `help:"Public address of this Earshot's /slack/events, for clicks over signed HTTP. Without it: Socket Mode." placeholder:"URL"`
}

// Help shows an example, and what to do with it.
func (slackManifestCmd) Help() string {
	return "Example: earshot slack manifest > manifest.json\n\nAt api.slack.com/apps choose Create New App, From a manifest, and paste it. Install the app, then put its bot token (xoxb-) " +
		"and, for Socket Mode, an app-level token (xapp-, scope connections:write) into the environment variables that slack.bot_token and slack.app_token name."
}

// Run prints the manifest as JSON.
func (c slackManifestCmd) Run(a *app) error {
	text, err := slack.Manifest(c.RequestURL)
	if err != nil {
		return err
	}
	_, err = a.out.Write(text)
	return err
}
