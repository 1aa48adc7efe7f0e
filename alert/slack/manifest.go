package slack

import (
	"encoding/json"
	"fmt"

	api "github.com/slack-go/slack"
)

// Manifest writes the app's manifest as JSON, to be pasted where Slack asks for
// one. With a request URL clicks come over signed HTTP, without by Socket Mode.
func Manifest(requestURL string) ([]byte, error) {
	m := api.Manifest{
		Metadata: api.ManifestMetadata{MajorVersion: 1, MinorVersion: 1},
		Display:  api.Display{Name: "Earshot", Description: "Who is complaining about us on the open web, and did we answer?", BackgroundColor: "#1f3a4d"},
		Features: api.Features{
			AppHome: api.AppHome{HomeTabEnabled: true},
			BotUser: api.BotUser{DisplayName: "Earshot", AlwaysOnline: true},
			SlashCommands: []api.ManifestSlashCommand{{Command: "/earshot", Description: "Queue, find, why, mute, status",
				UsageHint: "queue | find WORDS | why CASE | mute brand=NAME 2d WHY | status", Url: requestURL}},
			Shortcuts: []api.Shortcut{{Name: "Track this link", CallbackID: "track",
				Description: "Earshot follows the post and its comments", Type: api.MessageShortcut}},
		},
		OAuthConfig: api.OAuthConfig{Scopes: api.OAuthScopes{Bot: scopes()}},
		Settings: api.Settings{
			Interactivity:      &api.Interactivity{IsEnabled: true, RequestUrl: requestURL},
			EventSubscriptions: &api.EventSubscriptions{RequestUrl: requestURL, BotEvents: []string{"app_home_opened"}},
			SocketModeEnabled:  requestURL == "",
		},
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("slack manifest: %w", err)
	}
	return append(raw, '\n'), nil
}

// scopes are the least that Earshot needs: to write, to write where it was not
// invited, to find its own messages again, and to answer commands.
func scopes() []string {
	return []string{"chat:write", "chat:write.public", "commands", "channels:history", "channels:read",
		"groups:history", "groups:read", "im:history", "im:write", "users:read"}
}
