-- The first schema. Times are UTC integer milliseconds, 0 for none; flags are 0 or 1;
-- data columns hold JSON of the root package's types. {id} and {blob} are the dialect's.

CREATE TABLE sources (
  id          TEXT PRIMARY KEY,        -- Source.ID: kind and address
  short       TEXT NOT NULL,           -- the id's name in addresses: an address may hold a password
  kind        TEXT NOT NULL,           -- feed, site, thread, push
  state       TEXT NOT NULL,           -- ok late failing dead moved quarantined paused
  due_at      BIGINT NOT NULL,         -- when to read it next
  lease_until BIGINT NOT NULL DEFAULT 0, -- taken by a reader until then
  lease_by    TEXT NOT NULL DEFAULT '',  -- by which process
  case_id     TEXT NOT NULL DEFAULT '',  -- a thread's open case, else empty
  paused_until BIGINT NOT NULL DEFAULT 0, -- not read before then: a person paused it
  pause       TEXT NOT NULL DEFAULT '',  -- Pause as JSON, else empty
  data        TEXT NOT NULL            -- Source as JSON
);
CREATE INDEX sources_due ON sources (due_at);
CREATE INDEX sources_leased ON sources (lease_until) WHERE lease_until > 0;
CREATE INDEX sources_paused ON sources (paused_until) WHERE paused_until > 0;
CREATE INDEX sources_short ON sources (short);
CREATE INDEX sources_state ON sources (kind, state, id);

CREATE TABLE entries (
  id          {id},                    -- Entry.ID
  key         TEXT NOT NULL UNIQUE,    -- identity: source, and guid, link or content
  source      TEXT NOT NULL,           -- Source.ID
  kind        TEXT NOT NULL,           -- post, comment
  thread      TEXT NOT NULL,           -- canonical address of the post
  canonical   TEXT NOT NULL,           -- key form of the link
  url         TEXT NOT NULL,           -- the link as served
  author_key  TEXT NOT NULL,           -- Author.Key
  lang        TEXT NOT NULL,           -- en es it zh, another code, or empty
  published   BIGINT NOT NULL,         -- effective time of publication
  first_seen  BIGINT NOT NULL,         -- when it was first read
  revision    BIGINT NOT NULL,         -- 1 for the first text
  hash        TEXT NOT NULL,           -- of the normalised title and text
  finger      TEXT NOT NULL DEFAULT '',  -- simhash, 16 hexadecimal digits, or empty
  band0       BIGINT NOT NULL DEFAULT -1, -- the simhash's four 16-bit bands, -1 for none:
  band1       BIGINT NOT NULL DEFAULT -1, --   texts within three bits share at least one
  band2       BIGINT NOT NULL DEFAULT -1,
  band3       BIGINT NOT NULL DEFAULT -1,
  story       BIGINT NOT NULL DEFAULT 0, -- the story's origin entry; 0 before it was joined
  removed_at  BIGINT NOT NULL DEFAULT 0, -- when it was found gone
  work        TEXT NOT NULL,           -- spot (to be judged), done, poison
  work_due    BIGINT NOT NULL,         -- when to work on it
  attempts    BIGINT NOT NULL DEFAULT 0, -- how often work on it was begun
  lease_until BIGINT NOT NULL DEFAULT 0, -- taken by a worker until then
  lease_by    TEXT NOT NULL DEFAULT '',  -- by which process
  silent      TEXT NOT NULL DEFAULT '',  -- first_read, backfill, flood, stale: no new message
  reason      TEXT NOT NULL DEFAULT '',  -- why it became no mention, for explain
  data        TEXT NOT NULL            -- Entry as JSON
);
CREATE INDEX entries_work ON entries (work, work_due);
CREATE INDEX entries_leased ON entries (lease_until) WHERE lease_until > 0;
CREATE INDEX entries_thread ON entries (thread);
CREATE INDEX entries_canonical ON entries (canonical);
CREATE INDEX entries_hash ON entries (hash);
CREATE INDEX entries_story ON entries (story);
CREATE INDEX entries_source ON entries (source, first_seen);
CREATE INDEX entries_band0 ON entries (band0);
CREATE INDEX entries_band1 ON entries (band1);
CREATE INDEX entries_band2 ON entries (band2);
CREATE INDEX entries_band3 ON entries (band3);

CREATE TABLE revisions (
  entry    BIGINT NOT NULL,            -- entries.id
  revision BIGINT NOT NULL,            -- counts from 1
  seen_at  BIGINT NOT NULL,            -- when this text was first read
  hash     TEXT NOT NULL,              -- of the normalised title and text
  title    TEXT NOT NULL,
  body     TEXT NOT NULL,              -- the text as it stood
  PRIMARY KEY (entry, revision)
);

CREATE TABLE mentions (
  id         {id},                     -- Mention.ID
  entry      BIGINT NOT NULL,          -- entries.id
  brand      TEXT NOT NULL,            -- Brand.Name
  reason     TEXT NOT NULL DEFAULT '', -- why it counts for nothing (namesake, tag_only ...), or empty
  intent     TEXT NOT NULL,            -- complaint compliment question request none
  sentiment  TEXT NOT NULL,            -- negative neutral positive
  severity   BIGINT NOT NULL,          -- 1..4 for complaints, else 0
  lang       TEXT NOT NULL,            -- language of the text
  published  BIGINT NOT NULL,          -- of the entry, for counting by date
  first_seen BIGINT NOT NULL,          -- of the entry
  case_id    TEXT NOT NULL DEFAULT '', -- the case it belongs to, or empty
  data       TEXT NOT NULL,            -- Mention as JSON
  UNIQUE (entry, brand)
);
CREATE INDEX mentions_brand ON mentions (brand, published);
CREATE INDEX mentions_case ON mentions (case_id);
CREATE INDEX mentions_seen ON mentions (first_seen, reason, brand, intent);
CREATE INDEX mentions_listed ON mentions (published, reason, brand, intent, sentiment, lang, case_id);
CREATE INDEX mentions_near ON mentions (first_seen, brand, reason) WHERE reason <> '';
CREATE INDEX mentions_rules ON mentions (brand, reason, first_seen);

{index};                               -- mention_words: a line per mention that counts, for the search

-- How much each hour brought, written in the commit that brought it; all but
-- pages can be built anew from mentions and entries.
CREATE TABLE counts (
  what    TEXT NOT NULL,               -- published, day (the same by UTC day) and heard: mentions; entries; pages
  subject TEXT NOT NULL,               -- Brand.Name of mentions, Source.ID of entries and pages
  label   TEXT NOT NULL,               -- intent of mentions; text or bare of pages; else empty
  hour    BIGINT NOT NULL,             -- start of the hour (of the day, for day)
  n       BIGINT NOT NULL,             -- how many
  PRIMARY KEY (what, subject, label, hour)
);
CREATE INDEX counts_hour ON counts (what, hour, subject, label, n);

CREATE TABLE responses (
  id         {id},                     -- Response.ID
  story      BIGINT NOT NULL,          -- the story it is about
  brand      TEXT NOT NULL,            -- who answered, or did not
  kind       TEXT NOT NULL,            -- official claimed backlink author_update author_silence third_party seen promise marked
  entry      BIGINT NOT NULL,          -- where it was read, 0 for a mark
  revision   BIGINT NOT NULL,          -- of that entry
  said_at    BIGINT NOT NULL,          -- when it was said
  first_seen BIGINT NOT NULL,          -- when it was read
  case_id    TEXT NOT NULL DEFAULT '', -- the case that adopted it, or empty
  said       TEXT NOT NULL DEFAULT '', -- key of what the whole reply says, empty for other evidence
  data       TEXT NOT NULL,            -- Response as JSON
  UNIQUE (story, brand, kind, entry, revision)
);
CREATE INDEX responses_said ON responses (brand, said);
CREATE INDEX responses_case ON responses (case_id);

CREATE TABLE cases (
  id          TEXT PRIMARY KEY,        -- public id
  n           BIGINT NOT NULL UNIQUE,  -- the number behind the id
  rev         BIGINT NOT NULL,         -- last event's seq
  brand       TEXT NOT NULL,           -- Brand.Name
  story       BIGINT NOT NULL,         -- origin entry of its story
  thread      TEXT NOT NULL,           -- canonical address of its post
  author_key  TEXT NOT NULL,           -- who wrote the first mention
  work        TEXT NOT NULL,           -- new claimed closed dismissed
  answer      TEXT NOT NULL,           -- none seen unconfirmed promised responded resolved
  clock       TEXT NOT NULL,           -- none running paused due_soon overdue
  status      TEXT NOT NULL,           -- the derived word
  intent      TEXT NOT NULL,           -- label it is routed by
  facet       TEXT NOT NULL DEFAULT '', -- what it is about: the cause that was set, else the facet that was judged
  unsure      BIGINT NOT NULL DEFAULT 0, -- 1: its label is to be asked about
  severity    BIGINT NOT NULL,         -- 1..4 for complaints
  owner       TEXT NOT NULL,           -- person, or empty
  merged      TEXT NOT NULL,           -- the case it went into, or empty
  silent      TEXT NOT NULL,           -- why it had no card of its own, or empty
  published   BIGINT NOT NULL,         -- of its first mention: the public clock
  opened_at   BIGINT NOT NULL,         -- when it was opened
  closed_at   BIGINT NOT NULL,         -- when it was closed or dismissed
  answered_at BIGINT NOT NULL,         -- when the first answer was said
  due_at      BIGINT NOT NULL,         -- when our answer is due
  promise_at  BIGINT NOT NULL,         -- when a standing promise is due
  tick_at     BIGINT NOT NULL,         -- when its clock, promise or snooze moves it, 0 never
  alert_at    BIGINT NOT NULL DEFAULT 0, -- when a reminder or escalation is due, 0 never
  moved_at    BIGINT NOT NULL,         -- time of the last event
  data        TEXT NOT NULL            -- Case as JSON, equal to its events rebuilt
);
CREATE INDEX cases_tick ON cases (tick_at);
CREATE INDEX cases_alert ON cases (alert_at);
CREATE INDEX cases_thread ON cases (thread, brand);
CREATE INDEX cases_author ON cases (author_key, brand);
CREATE INDEX cases_story ON cases (story, brand);
CREATE INDEX cases_status ON cases (status, brand);
CREATE INDEX cases_open ON cases (status, merged, brand, work);
CREATE INDEX cases_owner ON cases (owner, n);
CREATE INDEX cases_moved ON cases (moved_at, n);
CREATE INDEX cases_unsure ON cases (n) WHERE unsure = 1;
CREATE INDEX cases_clock ON cases (clock, due_at);
-- one line of it answers a count over a time, so that counting reads no case
CREATE INDEX cases_published ON cases (published, n, merged, work, brand, answer, clock, answered_at, status, intent, severity, owner, facet, unsure, author_key);

CREATE TABLE closings (
  case_id     TEXT NOT NULL,           -- cases.id
  seq         BIGINT NOT NULL,         -- of the closed event; follows from the case's events
  brand       TEXT NOT NULL,           -- Brand.Name
  cause       TEXT NOT NULL,           -- the cause's key: lower case, letters and digits; empty if nobody said
  name        TEXT NOT NULL,           -- the cause as the team named it
  facet       TEXT NOT NULL,           -- what it was about, as a person said, or empty
  outcome     TEXT NOT NULL,           -- fixed compensated explained thanked declined no_reply
  link        TEXT NOT NULL,           -- what was written down about the cause, or empty
  actor       TEXT NOT NULL,           -- who closed it
  closed_at   BIGINT NOT NULL,         -- when
  reopened_at BIGINT NOT NULL,         -- when it was reopened, 0 if it stayed closed
  PRIMARY KEY (case_id, seq)
);
CREATE INDEX closings_cause ON closings (brand, cause, closed_at);
CREATE INDEX closings_named ON closings (cause, closed_at, brand, case_id, reopened_at);

CREATE TABLE spikes (
  id        TEXT PRIMARY KEY,          -- Spike.ID
  n         BIGINT NOT NULL UNIQUE,    -- the number behind the id
  brand     TEXT NOT NULL,             -- whom it is about
  lead      TEXT NOT NULL,             -- the case that said it first
  opened_at BIGINT NOT NULL,           -- when it was found
  calmed_at BIGINT NOT NULL DEFAULT 0, -- when it was over, 0 while it lasts
  data      TEXT NOT NULL              -- Spike as JSON
);
CREATE UNIQUE INDEX spikes_open ON spikes (brand) WHERE calmed_at = 0;

CREATE TABLE events (
  case_id TEXT NOT NULL,               -- cases.id
  seq     BIGINT NOT NULL,             -- counts from 1 per case
  kind    TEXT NOT NULL,               -- opened joined ... undone
  at      BIGINT NOT NULL,             -- when it happened
  actor   TEXT NOT NULL,               -- person, or empty for Earshot
  action  TEXT NOT NULL,               -- actions.id that caused it, or empty
  batch   BIGINT NOT NULL DEFAULT 0,   -- seq of the first event that was saved together with it
  data    TEXT NOT NULL,               -- Event as JSON; ids, no texts
  PRIMARY KEY (case_id, seq)
);
CREATE INDEX events_at ON events (at);

CREATE TABLE actions (
  id      TEXT PRIMARY KEY,            -- the door's own nonce
  case_id TEXT NOT NULL,               -- cases.id, or empty
  verb    TEXT NOT NULL,               -- claim assign ... track
  actor   TEXT NOT NULL,               -- who did it
  at      BIGINT NOT NULL,             -- when it was done
  data    TEXT NOT NULL                -- Action as JSON, with what the person wrote
);
CREATE INDEX actions_case ON actions (case_id, at);
CREATE INDEX actions_at ON actions (at);

CREATE TABLE overrides (
  id     {id},                         -- in the order of the first correction: layers are learnt in it
  story  BIGINT NOT NULL,              -- origin entry of the story
  brand  TEXT NOT NULL,                -- the brand that was judged
  intent TEXT NOT NULL,                -- the right intent
  ours   BIGINT NOT NULL,              -- 0: not about this brand at all
  action TEXT NOT NULL,                -- actions.id of the correction
  actor  TEXT NOT NULL,                -- who said so
  at     BIGINT NOT NULL,              -- when
  was    TEXT NOT NULL,                -- the label that was corrected
  UNIQUE (story, brand)
);

CREATE TABLE layers (
  id       {id},                       -- the newest that is not undone holds
  made_at  BIGINT NOT NULL,            -- when it was learnt
  made_by  TEXT NOT NULL,              -- nightly, or a person
  state    TEXT NOT NULL,              -- on, off (no layer, nothing is learnt), undone
  lessons  BIGINT NOT NULL,            -- corrections it learnt from
  features BIGINT NOT NULL,            -- words and pairs that have a weight
  changes  BIGINT NOT NULL,            -- stored mentions it judged otherwise
  model    TEXT NOT NULL,              -- version of the model it lies over
  hash     TEXT NOT NULL,              -- names it, in verdicts too
  source   TEXT NOT NULL,              -- hash of the corrections it was learnt from
  data     {blob} NOT NULL             -- the weights, as classify.Layer writes them
);

CREATE TABLE second_opinion (
  mention     BIGINT PRIMARY KEY,      -- mentions.id: the model was unsure of it
  state       TEXT NOT NULL,           -- waiting done failed
  due_at      BIGINT NOT NULL,         -- when to ask
  attempts    BIGINT NOT NULL DEFAULT 0, -- questions begun
  lease_until BIGINT NOT NULL DEFAULT 0, -- taken by a process until then
  trouble     TEXT NOT NULL DEFAULT '' -- last error, in words
);
CREATE INDEX second_opinion_due ON second_opinion (state, due_at);

CREATE TABLE opinions (
  hash      TEXT PRIMARY KEY,          -- of model, brand and passage
  sentiment TEXT NOT NULL,             -- negative neutral positive
  intent    TEXT NOT NULL,             -- complaint compliment question request none
  at        BIGINT NOT NULL            -- when it was given
);

CREATE TABLE budgets (
  period TEXT PRIMARY KEY,             -- what is counted, and the period's start
  used   BIGINT NOT NULL               -- questions asked in it
);

CREATE TABLE alerts (
  id         {id},                     -- Alert.ID
  key        TEXT NOT NULL UNIQUE,     -- subject, kind, step, receiver: never sent twice
  subject    TEXT NOT NULL,            -- case, spike, digest date or source
  kind       TEXT NOT NULL,            -- card edit line remind escalate digest summary welcome spike ops
  event      TEXT NOT NULL,            -- kind of event that asked for it, or empty
  receiver   TEXT NOT NULL,            -- Receiver.Name, or empty if none was reached
  route      TEXT NOT NULL,            -- Route.Name
  case_id    TEXT NOT NULL,            -- cases.id, or empty
  reason     TEXT NOT NULL,            -- what became of it; empty while in the outbox
  why        TEXT NOT NULL,            -- the same in words
  created    BIGINT NOT NULL,          -- when it was planned
  decided    BIGINT NOT NULL DEFAULT 0, -- when the reason became final
  broadcast  BIGINT NOT NULL DEFAULT 0, -- 1: also shown in the channel, so a cap counts it
  summed     TEXT NOT NULL DEFAULT '', -- key of the summary or digest that listed it
  data       TEXT NOT NULL             -- Alert as JSON
);
CREATE INDEX alerts_held ON alerts (receiver, id) WHERE summed = '' AND reason IN ('held_window', 'capped', 'digested', 'stale');
CREATE INDEX alerts_sent ON alerts (receiver, created) WHERE reason IN ('', 'sent', 'edited');
CREATE INDEX alerts_subject ON alerts (subject, receiver);
CREATE INDEX alerts_case ON alerts (case_id);
CREATE INDEX alerts_receiver ON alerts (receiver, created);
CREATE INDEX alerts_created ON alerts (created, reason, receiver, kind);

CREATE TABLE outbox (
  alert       BIGINT PRIMARY KEY,      -- alerts.id
  receiver    TEXT NOT NULL,           -- Receiver.Name
  subject     TEXT NOT NULL,           -- messages of one subject keep their order
  kind        TEXT NOT NULL,           -- of the alert
  step        BIGINT NOT NULL,         -- of the alert: the event's seq, or a reminder's number
  state       TEXT NOT NULL,           -- waiting sending sent in_doubt dropped dead
  urgent      BIGINT NOT NULL,         -- 1 goes first
  due_at      BIGINT NOT NULL,         -- when to send
  attempts    BIGINT NOT NULL DEFAULT 0, -- sends begun
  lookups     BIGINT NOT NULL DEFAULT 0, -- times it was looked up while in doubt
  lease_until BIGINT NOT NULL DEFAULT 0, -- taken by a sender until then
  lease_by    TEXT NOT NULL DEFAULT '',  -- by which process
  trouble     TEXT NOT NULL DEFAULT '', -- last error, in words
  plain       BIGINT NOT NULL DEFAULT 0, -- 1: send as plain text, the blocks were refused
  created     BIGINT NOT NULL          -- when it was put here
);
CREATE INDEX outbox_due ON outbox (state, due_at);
CREATE INDEX outbox_subject ON outbox (receiver, subject);
CREATE INDEX outbox_open ON outbox (receiver, urgent DESC, due_at, alert) WHERE state IN ('waiting', 'sending', 'in_doubt'); -- what waits for whom
CREATE INDEX outbox_first ON outbox (receiver, due_at) WHERE state IN ('waiting', 'sending', 'in_doubt'); -- when the next may go
CREATE INDEX outbox_sending ON outbox (receiver) WHERE state = 'sending'; -- who is being sent to, asked for every row

CREATE TABLE cards (
  subject    TEXT NOT NULL,            -- case or spike
  receiver   TEXT NOT NULL,            -- Receiver.Name
  ref        TEXT NOT NULL,            -- the receiver's own address of the message, as JSON
  rev        BIGINT NOT NULL,          -- case revision it shows
  first_sent BIGINT NOT NULL,          -- when the message was first sent
  last_sent  BIGINT NOT NULL,          -- when a new message (not an edit) was last sent
  PRIMARY KEY (subject, receiver)
);

CREATE TABLE receivers (
  name       TEXT PRIMARY KEY,         -- Receiver.Name
  paused     BIGINT NOT NULL DEFAULT 0, -- not before: the integration said wait
  last_sent  BIGINT NOT NULL DEFAULT 0, -- for the pace of the channel
  tick_at    BIGINT NOT NULL DEFAULT 0, -- when held alerts, a digest or a welcome may be due
  last_digest BIGINT NOT NULL DEFAULT 0, -- when the last digest was planned
  last_sum   BIGINT NOT NULL DEFAULT 0, -- when the last summary was planned
  welcomed   BIGINT NOT NULL DEFAULT 0  -- when the welcome message was planned
);

CREATE TABLE mutes (
  id       {id},                       -- Mute.ID
  who      TEXT NOT NULL,              -- person
  why      TEXT NOT NULL,              -- in words
  until_at BIGINT NOT NULL,            -- when it ends
  matching TEXT NOT NULL,              -- what it hides, as "key=value ..."
  action   TEXT NOT NULL               -- actions.id
);

CREATE TABLE notices (
  key   TEXT PRIMARY KEY,              -- source or integration, and state: told once
  at    BIGINT NOT NULL,               -- when
  open  BIGINT NOT NULL                -- 1 until it healed
);

CREATE TABLE logins (
  name     TEXT PRIMARY KEY,           -- Person.Name; the config says who people are
  password TEXT NOT NULL,              -- argon2id with its parameters and salt
  set_at   BIGINT NOT NULL,            -- when the password was set
  last_at  BIGINT NOT NULL             -- when the person signed in last
);

CREATE TABLE login_links (
  hash    TEXT PRIMARY KEY,            -- SHA-256 of the link's secret
  name    TEXT NOT NULL,               -- who may set a password with it
  made_by TEXT NOT NULL,               -- the admin who asked for it, or empty for the command line
  created BIGINT NOT NULL,             -- when it was made
  ends    BIGINT NOT NULL,             -- good until then
  used_at BIGINT NOT NULL              -- when it was used, 0 if not yet: it works once
);

CREATE TABLE login_tries (
  key   TEXT PRIMARY KEY,              -- SHA-256 of what is counted: a name, an address, or both
  n     BIGINT NOT NULL,               -- tries since
  since BIGINT NOT NULL                -- when the counting began; it ends by itself
);
CREATE INDEX login_tries_since ON login_tries (since);

CREATE TABLE sessions (
  hash    TEXT PRIMARY KEY,            -- SHA-256 of the cookie
  name    TEXT NOT NULL,               -- Person.Name
  role    TEXT NOT NULL,               -- the role it was made for; another role gets another cookie
  created BIGINT NOT NULL,             -- when the person signed in
  seen    BIGINT NOT NULL,             -- when it was used last, to five minutes
  idle    BIGINT NOT NULL,             -- milliseconds without use after which it ends
  ends    BIGINT NOT NULL,             -- when it ends however it is used
  stay    BIGINT NOT NULL,             -- 1: the browser keeps the cookie
  agent   TEXT NOT NULL                -- what the browser calls itself, for the person to know it by
);
CREATE INDEX sessions_name ON sessions (name);

CREATE TABLE tokens (
  id      {id},                        -- Token.ID
  hash    TEXT NOT NULL UNIQUE,        -- SHA-256 of the token
  title   TEXT NOT NULL,               -- what it is for
  role    TEXT NOT NULL,               -- what it may do
  made_by TEXT NOT NULL,               -- the admin who made it
  created BIGINT NOT NULL,             -- when
  last_at BIGINT NOT NULL,             -- when it was used last, to five minutes; 0 never
  revoked BIGINT NOT NULL              -- when it was revoked, 0 while it works
);

CREATE TABLE shares (
  id      {id},                        -- Share.ID
  hash    TEXT NOT NULL UNIQUE,        -- SHA-256 of the link's secret
  case_id TEXT NOT NULL,               -- the one case it shows
  made_by TEXT NOT NULL,               -- who shared it
  created BIGINT NOT NULL,             -- when
  ends    BIGINT NOT NULL,             -- good until then
  last_at BIGINT NOT NULL,             -- when it was opened last, to five minutes; 0 never
  revoked BIGINT NOT NULL              -- when it was revoked, 0 while it works
);
CREATE INDEX shares_case ON shares (case_id);

CREATE TABLE audit (
  id      {id},                        -- order of what was done
  at      BIGINT NOT NULL,             -- when
  actor   TEXT NOT NULL,               -- person, or empty for the command line
  deed    TEXT NOT NULL,               -- signed_in, token_made, share_made, forgot ...
  subject TEXT NOT NULL,               -- person, case or token it was done to
  detail  TEXT NOT NULL                -- in words, without secrets
);
CREATE INDEX audit_at ON audit (at);

CREATE TABLE forgotten (
  hash TEXT PRIMARY KEY,               -- SHA-256 of salt and author key: not read again, and nobody can tell who
  salt TEXT NOT NULL,                  -- random, of this row alone
  at   BIGINT NOT NULL                 -- when
);
