-- eaves.db
CREATE TABLE access_log (
  subject text NOT NULL,
  id text NOT NULL,
  at integer NOT NULL,
  staff text NOT NULL,
  role text NOT NULL,
  outcome text NOT NULL,
  opening text NOT NULL,
  case_kind text NOT NULL,
  case_id text NOT NULL,
  purpose text NOT NULL,
  categories text NOT NULL,
  ends_at integer,
  refusal text,
  reason text,
  PRIMARY KEY (subject, at, id)
) STRICT;
CREATE TABLE account (
  subject text PRIMARY KEY NOT NULL,
  tenant text NOT NULL,
  email text,
  phone text,
  email_verified_at integer,
  phone_verified_at integer,
  password text,
  locale text,
  theme text NOT NULL,
  region text NOT NULL,
  created_at integer NOT NULL,
  closed_at integer
, phone_changed_at integer, password_set_at integer, passkey_handle text, age_band text, age_stated_at integer, of_age_at integer, insights integer) STRICT;
CREATE TABLE activity_log (
  subject text NOT NULL,
  id text NOT NULL,
  at integer NOT NULL,
  kind text NOT NULL,
  surface text NOT NULL,
  home text,
  device text,
  locale text,
  address text,
  area text,
  PRIMARY KEY (subject, at, id)
) STRICT;
CREATE TABLE address_undo (
  subject text NOT NULL,
  id text NOT NULL,
  hash text NOT NULL UNIQUE,
  address text NOT NULL,
  changed_at integer NOT NULL,
  expires_at integer NOT NULL, verified_at integer NOT NULL DEFAULT 0, told_at integer,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE agreement (
  subject text NOT NULL,
  id text NOT NULL,
  document text NOT NULL,
  version text NOT NULL,
  sha256 text NOT NULL,
  locale text NOT NULL,
  region text NOT NULL,
  act text NOT NULL,
  at integer NOT NULL,
  surface text NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE alarm (
    home_id text NOT NULL PRIMARY KEY,
    version integer NOT NULL,
    content text,
    set_by text,
    state text NOT NULL,
    since integer NOT NULL,
    run text
  ) STRICT;
CREATE TABLE alarm_code (
    home_id text NOT NULL,
    id text NOT NULL,
    subject text,
    name text,
    code text NOT NULL,
    is_duress integer NOT NULL,
    starts_at integer,
    ends_at integer,
    created_at integer NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE alarm_event (
    home_id text NOT NULL,
    id text NOT NULL,
    at integer NOT NULL,
    kind text NOT NULL,
    mode text,
    by_subject text,
    device text,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE automation (
    home_id text NOT NULL,
    id text NOT NULL,
    body text NOT NULL,
    enabled integer NOT NULL,
    author text,
    version integer NOT NULL,
    created_at integer NOT NULL,
    changed_at integer NOT NULL,
    stopped text,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE automation_hook (
    home_id text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    secret_hash text NOT NULL,
    made_at integer NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE automation_run (
    home_id text NOT NULL,
    id text NOT NULL,
    automation_id text NOT NULL,
    at integer NOT NULL,
    ended_at integer,
    result text NOT NULL,
    trace text NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE automation_version (
    home_id text NOT NULL,
    id text NOT NULL,
    automation_id text NOT NULL,
    version integer NOT NULL,
    body text NOT NULL,
    author text,
    saved_at integer NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE backup_run (
    id text PRIMARY KEY NOT NULL,
    started_at integer NOT NULL,
    ended_at integer,
    failed text,
    data_name text,
    vault_name text,
    bytes integer,
    row_count integer,
    rehearsed_at integer,
    rehearsal_failed text,
    restore_ms integer
  ) STRICT;
CREATE TABLE breach_case (
  id text PRIMARY KEY NOT NULL,
  ground text NOT NULL,
  region text NOT NULL,
  opened_at integer NOT NULL
) STRICT;
CREATE TABLE calendar_source (
    home_id text NOT NULL,
    id text NOT NULL,
    address text NOT NULL,
    marks text,
    named_by text NOT NULL,
    fetched_at integer NOT NULL,
    failing_since integer,
    failure text, told_at integer,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE command (
  home_id text NOT NULL,
  id text NOT NULL,
  device_id text NOT NULL,
  status text NOT NULL,
  confirmable integer NOT NULL,
  accepted_at integer NOT NULL,
  sent_at integer,
  ended_at integer,
  reason text,
  actor_subject text,
  key_hash text,
  body_hash text,
  payload text NOT NULL,
  PRIMARY KEY (home_id, id)
) STRICT;
CREATE TABLE connection (
  home_id text NOT NULL,
  id text NOT NULL,
  driver text NOT NULL,
  source text NOT NULL,
  config text NOT NULL,
  created_at integer NOT NULL,
  PRIMARY KEY (home_id, id)
) STRICT;
CREATE TABLE consent_event (
  subject text NOT NULL,
  id text NOT NULL,
  purpose text NOT NULL,
  event text NOT NULL,
  region text NOT NULL,
  notice_sha256 text NOT NULL,
  locale text NOT NULL,
  at integer NOT NULL,
  surface text NOT NULL,
  basis text NOT NULL, recipient text NOT NULL DEFAULT '', categories text, guardian text,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE credential (
  home_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  username text NOT NULL UNIQUE,
  hash text NOT NULL,
  created_at integer NOT NULL, scope text, made_by text,
  PRIMARY KEY (home_id, id)
) STRICT;
CREATE TABLE device (
  home_id text NOT NULL,
  id text NOT NULL,
  driver text NOT NULL,
  connection_id text,
  room_id text,
  is_new integer NOT NULL,
  added_at integer NOT NULL,
  kind text NOT NULL,
  details text NOT NULL,
  PRIMARY KEY (home_id, id)
) STRICT;
CREATE TABLE device_hold (
    home_id text NOT NULL,
    id text NOT NULL,
    device_id text NOT NULL,
    part text,
    capability text,
    ends text NOT NULL,
    until integer,
    since integer NOT NULL,
    by_subject text,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE disclosure (
  subject text NOT NULL,
  id text NOT NULL,
  release_id text NOT NULL,
  kind text NOT NULL,
  recipient text NOT NULL,
  purpose text NOT NULL,
  categories text NOT NULL,
  fields text NOT NULL,
  basis text NOT NULL,
  agreement_sha256 text NOT NULL,
  intent_at integer NOT NULL,
  PRIMARY KEY (subject, intent_at, id)
) STRICT;
CREATE TABLE disclosure_outcome (
  subject text NOT NULL,
  id text NOT NULL,
  outcome text NOT NULL,
  answer text,
  outcome_at integer NOT NULL,
  bytes integer NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE energy_correction (
    home_id text NOT NULL,
    id text NOT NULL,
    meter_id text NOT NULL,
    at integer NOT NULL,
    author text,
    takes_back text,
    content text NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE energy_meter (
    home_id text NOT NULL,
    id text NOT NULL,
    position integer NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE energy_price (
    home_id text NOT NULL,
    id text NOT NULL,
    meter_id text NOT NULL,
    day integer NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE erasure (
  id text PRIMARY KEY NOT NULL,
  of_subject text NOT NULL UNIQUE,
  progress text NOT NULL,
  started_at integer NOT NULL,
  key_gone_at integer,
  finished_at integer,
  certificate text
, tell_at integer) STRICT;
CREATE TABLE floor (
  home_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  position integer NOT NULL,
  PRIMARY KEY (home_id, id)
) STRICT;
CREATE TABLE home (
  home_id text PRIMARY KEY NOT NULL,
  tenant text NOT NULL,
  n integer NOT NULL UNIQUE,
  name text NOT NULL,
  zone text NOT NULL,
  created_at integer NOT NULL
, confirm text NOT NULL DEFAULT 'guests') STRICT;
CREATE TABLE home_about (
    home_id text NOT NULL PRIMARY KEY,
    floor_area text,
    family_status text,
    address text
  ) STRICT;
CREATE TABLE home_calendar (
    home_id text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    content text NOT NULL,
    brought_at integer NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE home_mode (
    home_id text NOT NULL,
    mode text NOT NULL,
    at integer,
    person text,
    automation_id text,
    own text NOT NULL,
    PRIMARY KEY (home_id)
  ) STRICT;
CREATE TABLE home_place (
    home_id text PRIMARY KEY,
    places text NOT NULL
  ) STRICT;
CREATE TABLE inbox (
  subject text NOT NULL,
  id text NOT NULL,
  at integer NOT NULL,
  kind text NOT NULL,
  home text,
  device text,
  automation text,
  times integer NOT NULL,
  seen_at integer,
  over_at integer,
  words text, question text, answers text, again_at integer, again_minutes integer, again_left integer,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE instance (
  key text PRIMARY KEY NOT NULL,
  value text NOT NULL
) STRICT;
CREATE TABLE invitation (
  home_id text NOT NULL,
  id text NOT NULL,
  code_hash text NOT NULL UNIQUE,
  role text NOT NULL,
  name text,
  limits text,
  starts_at integer,
  ends_at integer,
  guardian text,
  invited_by text NOT NULL,
  created_at integer NOT NULL,
  expires_at integer NOT NULL,
  PRIMARY KEY (home_id, id)
) STRICT;
CREATE TABLE job (
  id text PRIMARY KEY NOT NULL,
  kind text NOT NULL,
  key text UNIQUE,
  home_id text,
  run_at integer NOT NULL,
  attempts integer NOT NULL,
  owner text,
  locked_until integer,
  done_at integer,
  failed text,
  payload text
) STRICT;
CREATE TABLE member (
  home_id text NOT NULL,
  subject text NOT NULL,
  role text NOT NULL,
  since integer NOT NULL, name text, limits text, starts_at integer, ends_at integer, guardian text, shares text,
  PRIMARY KEY (home_id, subject)
) STRICT;
CREATE TABLE member_pin (
    home_id text NOT NULL,
    subject text NOT NULL,
    pin text NOT NULL,
    tries integer NOT NULL,
    locked_until integer,
    PRIMARY KEY (home_id, subject)
  ) STRICT;
CREATE TABLE migration (
  number integer PRIMARY KEY NOT NULL,
  name text NOT NULL,
  at integer NOT NULL,
  breaking integer NOT NULL
) STRICT;
CREATE TABLE mode_change (
    home_id text NOT NULL,
    id text NOT NULL,
    at integer NOT NULL,
    mode text NOT NULL,
    was text NOT NULL,
    person text,
    automation_id text,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE notice_question (
    home_id text NOT NULL,
    id text NOT NULL,
    asked_at integer NOT NULL,
    waits integer NOT NULL,
    ends_at integer,
    answer integer,
    answered_at integer,
    answered_by text,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE notice_rules (
  subject text NOT NULL PRIMARY KEY,
  rules text NOT NULL
) STRICT;
CREATE TABLE panel (
    home_id text NOT NULL,
    id text NOT NULL,
    code_hash text,
    code_expires_at integer,
    secret_hash text,
    added_by text NOT NULL,
    created_at integer NOT NULL,
    paired_at integer, code_by text,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE partition_lease (
  part integer PRIMARY KEY NOT NULL,
  owner text,
  epoch integer NOT NULL DEFAULT 0,
  seq integer NOT NULL DEFAULT 0,
  expires integer
) STRICT;
CREATE TABLE passkey (
  subject text NOT NULL,
  id text NOT NULL,
  credential_id text NOT NULL UNIQUE,
  public_key text NOT NULL,
  counter integer NOT NULL,
  transports text NOT NULL,
  kind text NOT NULL,
  backed_up integer NOT NULL,
  host text NOT NULL,
  name text NOT NULL,
  created_at integer NOT NULL,
  last_used_at integer,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE policy_notice (
  subject text NOT NULL,
  version text NOT NULL,
  told_at integer NOT NULL,
  PRIMARY KEY (subject, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE policy_version (
  document text NOT NULL,
  version text NOT NULL,
  locale text NOT NULL,
  sha256 text NOT NULL,
  effective_at integer NOT NULL,
  published_at integer NOT NULL, notice_days integer NOT NULL DEFAULT 0, is_raised integer NOT NULL DEFAULT 0, changes text NOT NULL DEFAULT '[]', body text,
  PRIMARY KEY (document, version, locale)
) STRICT;
CREATE TABLE presence (
    home_id text NOT NULL,
    subject text NOT NULL,
    shared_at integer,
    allowed_by text,
    whereabouts text,
    PRIMARY KEY (home_id, subject)
  ) STRICT;
CREATE TABLE price_source (
    home_id text NOT NULL,
    id text NOT NULL,
    address text NOT NULL,
    marks text,
    named_by text NOT NULL,
    fetched_at integer NOT NULL,
    failing_since integer,
    failure text,
    told_at integer,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE push_subscription (
  subject text NOT NULL,
  id text NOT NULL,
  session text NOT NULL,
  hash text NOT NULL UNIQUE,
  target text NOT NULL,
  locale text NOT NULL,
  created_at integer NOT NULL,
  sent_at integer,
  PRIMARY KEY (subject, id),
  UNIQUE (subject, session)
) STRICT;
CREATE TABLE recipient_version (
  id text NOT NULL,
  agreement_sha256 text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  region text NOT NULL,
  purposes text NOT NULL,
  fields text NOT NULL,
  seen_at integer NOT NULL, expires_at integer, brands text, mechanism text,
  PRIMARY KEY (id, agreement_sha256, seen_at)
) STRICT;
CREATE TABLE recovery_code (
  subject text NOT NULL,
  id text NOT NULL,
  hash text NOT NULL,
  used_at integer,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE release (
  subject text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  recipient text NOT NULL,
  purpose text NOT NULL,
  slot text NOT NULL,
  basis text NOT NULL,
  created_at integer NOT NULL,
  due_at integer NOT NULL,
  attempts integer NOT NULL,
  locked_until integer,
  done_at integer,
  PRIMARY KEY (subject, recipient, purpose, kind, slot)
) STRICT;
CREATE TABLE replaced_secret (
  subject text NOT NULL,
  id text NOT NULL,
  session_id text NOT NULL,
  hash text NOT NULL UNIQUE,
  until integer,
  expires_at integer NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE request (
  subject text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  ground text,
  purpose text,
  regime text NOT NULL,
  received_at integer NOT NULL,
  due_at integer NOT NULL,
  run_at integer NOT NULL,
  paused_at integer,
  extended_at integer,
  answered_at integer,
  ended_at integer,
  mark integer NOT NULL,
  link_hash text,
  link_until integer, guardian text, about_place text, about_field text, statement text, reply text, outcome text,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE request_package (
  subject text NOT NULL,
  id text NOT NULL,
  request text NOT NULL,
  part integer NOT NULL,
  bytes text NOT NULL,
  expires_at integer NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE request_step (
  subject text NOT NULL,
  id text NOT NULL,
  request text NOT NULL,
  place text NOT NULL,
  result text NOT NULL,
  reason text,
  until integer,
  at integer NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE retention_fault (
    rule text NOT NULL PRIMARY KEY,
    since integer NOT NULL,
    fails integer NOT NULL
  ) STRICT;
CREATE TABLE retention_result (
    run_id text NOT NULL,
    rule text NOT NULL,
    at integer NOT NULL,
    removed integer NOT NULL,
    remaining integer NOT NULL,
    fault text,
    PRIMARY KEY (run_id, rule)
  ) STRICT;
CREATE TABLE retention_run (
    id text NOT NULL PRIMARY KEY,
    started_at integer NOT NULL,
    ended_at integer NOT NULL,
    outcome text NOT NULL,
    removed integer NOT NULL,
    fault text
  ) STRICT;
CREATE TABLE room (
  home_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  floor_id text,
  position integer NOT NULL,
  PRIMARY KEY (home_id, id)
) STRICT;
CREATE TABLE scene (
    home_id text NOT NULL,
    id text NOT NULL,
    position integer NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE scene_version (
    home_id text NOT NULL,
    id text NOT NULL,
    scene_id text NOT NULL,
    version integer NOT NULL,
    content text NOT NULL,
    author text,
    saved_at integer NOT NULL,
    PRIMARY KEY (home_id, id)
  ) STRICT;
CREATE TABLE search_log (
  subject text NOT NULL,
  id text NOT NULL,
  at integer NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (subject, at, id)
) STRICT;
CREATE TABLE session (
  subject text NOT NULL,
  id text NOT NULL,
  hash text NOT NULL UNIQUE,
  kind text NOT NULL,
  created_at integer NOT NULL,
  last_seen_at integer NOT NULL,
  proved_at integer NOT NULL,
  expires_at integer NOT NULL,
  label text,
  address text, secret_at integer,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE sign_in_flow (
  subject text NOT NULL,
  id text NOT NULL UNIQUE,
  code_hash text NOT NULL,
  tries integer NOT NULL,
  identifier text NOT NULL,
  known integer NOT NULL,
  acts text,
  created_at integer NOT NULL,
  expires_at integer NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE staff (
  subject text PRIMARY KEY NOT NULL,
  role text NOT NULL,
  name text NOT NULL,
  enrol_hash text,
  enrol_until integer,
  password text,
  secret text NOT NULL,
  last_step integer,
  added_at integer NOT NULL,
  ended_at integer
) STRICT;
CREATE TABLE support_case (
  subject text NOT NULL,
  id text NOT NULL,
  opened_at integer NOT NULL,
  until integer NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE token (
  subject text NOT NULL,
  id text NOT NULL,
  hash text NOT NULL UNIQUE,
  name text NOT NULL,
  homes text,
  verbs text,
  created_at integer NOT NULL,
  expires_at integer NOT NULL,
  last_used_at integer,
  surface text NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE tombstone (
  subject_or_home text PRIMARY KEY NOT NULL,
  epoch integer NOT NULL,
  at integer NOT NULL
) STRICT;
CREATE TABLE totp (
  subject text PRIMARY KEY NOT NULL,
  secret text NOT NULL,
  created_at integer NOT NULL,
  confirmed_at integer,
  last_step integer
) STRICT;
CREATE TABLE transfer (
  home_id text NOT NULL,
  id text NOT NULL,
  from_subject text NOT NULL,
  to_subject text NOT NULL,
  created_at integer NOT NULL,
  expires_at integer NOT NULL, keep integer NOT NULL DEFAULT 0,
  PRIMARY KEY (home_id, id)
) STRICT;
CREATE TABLE vacation (
    home_id text NOT NULL PRIMARY KEY,
    version integer NOT NULL,
    content text NOT NULL,
    author text,
    enabled integer NOT NULL,
    stopped text
  ) STRICT;
CREATE INDEX access_log_id ON access_log (id);
CREATE INDEX activity_log_whole ON activity_log (at) WHERE address IS NOT NULL;
CREATE INDEX address_undo_untold ON address_undo (expires_at) WHERE told_at IS NULL;
CREATE INDEX alarm_code_of ON alarm_code (subject) WHERE subject IS NOT NULL;
CREATE INDEX alarm_event_at ON alarm_event (home_id, at);
CREATE INDEX alarm_event_by ON alarm_event (by_subject, at) WHERE by_subject IS NOT NULL;
CREATE INDEX alarm_set_by ON alarm (set_by) WHERE set_by IS NOT NULL;
CREATE INDEX automation_author ON automation (author) WHERE author IS NOT NULL;
CREATE INDEX automation_run_at ON automation_run (at);
CREATE INDEX automation_run_home ON automation_run (home_id, at);
CREATE INDEX automation_run_of ON automation_run (home_id, automation_id, at);
CREATE INDEX automation_run_open ON automation_run (home_id) WHERE ended_at IS NULL;
CREATE INDEX automation_version_author ON automation_version (author) WHERE author IS NOT NULL;
CREATE UNIQUE INDEX automation_version_of ON automation_version (home_id, automation_id, version);
CREATE INDEX automation_version_saved ON automation_version (saved_at);
CREATE INDEX backup_run_started ON backup_run (started_at);
CREATE INDEX calendar_source_named_by ON calendar_source (named_by);
CREATE INDEX command_actor ON command (actor_subject, accepted_at) WHERE actor_subject IS NOT NULL;
CREATE INDEX command_at ON command (home_id, accepted_at);
CREATE UNIQUE INDEX command_key ON command (home_id, device_id, key_hash);
CREATE INDEX command_open ON command (home_id, accepted_at) WHERE ended_at IS NULL;
CREATE INDEX consent_event_guardian ON consent_event (guardian);
CREATE INDEX credential_maker ON credential (made_by) WHERE made_by IS NOT NULL;
CREATE INDEX device_hold_by ON device_hold (by_subject) WHERE by_subject IS NOT NULL;
CREATE INDEX energy_correction_author ON energy_correction (author);
CREATE INDEX energy_correction_meter ON energy_correction (home_id, meter_id);
CREATE UNIQUE INDEX energy_price_day ON energy_price (home_id, meter_id, day);
CREATE INDEX erasure_open ON erasure (started_at) WHERE finished_at IS NULL;
CREATE INDEX erasure_tell ON erasure (tell_at) WHERE tell_at IS NOT NULL;
CREATE INDEX home_mode_person ON home_mode (person) WHERE person IS NOT NULL;
CREATE INDEX inbox_again ON inbox (again_at) WHERE again_at IS NOT NULL;
CREATE INDEX inbox_at ON inbox (at);
CREATE INDEX inbox_newest ON inbox (subject, at);
CREATE INDEX inbox_open ON inbox (kind, home) WHERE over_at IS NULL;
CREATE INDEX inbox_question ON inbox (question) WHERE question IS NOT NULL;
CREATE INDEX invitation_guardian ON invitation (guardian) WHERE guardian IS NOT NULL;
CREATE INDEX invitation_maker ON invitation (invited_by, expires_at);
CREATE INDEX job_due ON job (run_at) WHERE done_at IS NULL;
CREATE INDEX job_home ON job (home_id) WHERE home_id IS NOT NULL;
CREATE INDEX member_guardian ON member (guardian) WHERE guardian IS NOT NULL;
CREATE INDEX member_pin_subject ON member_pin (subject);
CREATE INDEX member_subject ON member (subject, home_id);
CREATE INDEX mode_change_at ON mode_change (at);
CREATE INDEX mode_change_of ON mode_change (home_id, at);
CREATE INDEX mode_change_person ON mode_change (person) WHERE person IS NOT NULL;
CREATE INDEX notice_question_asked ON notice_question (asked_at);
CREATE INDEX notice_question_by ON notice_question (answered_by, asked_at) WHERE answered_by IS NOT NULL;
CREATE UNIQUE INDEX panel_code ON panel (code_hash);
CREATE INDEX panel_code_maker ON panel (code_by) WHERE code_by IS NOT NULL;
CREATE INDEX panel_maker ON panel (added_by);
CREATE INDEX panel_member ON panel (id);
CREATE UNIQUE INDEX panel_secret ON panel (secret_hash);
CREATE INDEX presence_allowed_by ON presence (allowed_by) WHERE allowed_by IS NOT NULL;
CREATE INDEX presence_subject ON presence (subject);
CREATE INDEX price_source_named_by ON price_source (named_by);
CREATE INDEX push_subscription_session ON push_subscription (session);
CREATE INDEX release_due ON release (due_at) WHERE done_at IS NULL;
CREATE INDEX replaced_secret_session ON replaced_secret (subject, session_id);
CREATE UNIQUE INDEX request_correction ON request (subject, about_place, about_field) WHERE kind = 'correction' AND ended_at IS NULL;
CREATE INDEX request_guardian ON request (guardian) WHERE guardian IS NOT NULL;
CREATE INDEX request_open ON request (run_at) WHERE ended_at IS NULL;
CREATE INDEX retention_result_at ON retention_result (at);
CREATE INDEX retention_run_at ON retention_run (started_at);
CREATE INDEX scene_version_author ON scene_version (author) WHERE author IS NOT NULL;
CREATE UNIQUE INDEX scene_version_of ON scene_version (home_id, scene_id, version);
CREATE INDEX scene_version_saved ON scene_version (saved_at);
CREATE INDEX support_case_id ON support_case (id);
CREATE INDEX tombstone_epoch ON tombstone (epoch);
CREATE INDEX transfer_giver ON transfer (from_subject);
CREATE INDEX transfer_taker ON transfer (to_subject);
CREATE INDEX vacation_author ON vacation (author) WHERE author IS NOT NULL;

-- history.db
CREATE TABLE live_state (
  home_id integer NOT NULL,
  device_id text NOT NULL,
  "values" text NOT NULL,
  at integer NOT NULL,
  PRIMARY KEY (home_id, device_id)
) STRICT;
CREATE TABLE sample (
  home_id integer NOT NULL,
  series_id integer NOT NULL,
  ts integer NOT NULL,
  value real NOT NULL,
  PRIMARY KEY (home_id, series_id, ts)
) STRICT, WITHOUT ROWID;
CREATE TABLE sample_day (
  home_id integer NOT NULL,
  series_id integer NOT NULL,
  ts integer NOT NULL,
  n integer NOT NULL,
  min real NOT NULL,
  max real NOT NULL,
  total real NOT NULL,
  seconds real NOT NULL,
  last real NOT NULL,
  PRIMARY KEY (home_id, series_id, ts)
) STRICT, WITHOUT ROWID;
CREATE TABLE sample_hour (
  home_id integer NOT NULL,
  series_id integer NOT NULL,
  ts integer NOT NULL,
  n integer NOT NULL,
  min real NOT NULL,
  max real NOT NULL,
  total real NOT NULL,
  seconds real NOT NULL,
  last real NOT NULL,
  PRIMARY KEY (home_id, series_id, ts)
) STRICT, WITHOUT ROWID;
CREATE TABLE sample_text (
  home_id integer NOT NULL,
  series_id integer NOT NULL,
  ts integer NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (home_id, series_id, ts)
) STRICT, WITHOUT ROWID;
CREATE TABLE series (
  home_id integer NOT NULL,
  series_id integer NOT NULL,
  device_id text NOT NULL,
  path text NOT NULL, rolled_to integer NOT NULL DEFAULT 0,
  PRIMARY KEY (home_id, series_id)
) STRICT;
CREATE TABLE state_hour (
  home_id integer NOT NULL,
  series_id integer NOT NULL,
  ts integer NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (home_id, series_id, ts)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_device ON series (home_id, device_id);

-- vault.db
CREATE TABLE blind (
  tenant text NOT NULL,
  "column" text NOT NULL,
  hash text NOT NULL,
  subject text NOT NULL,
  PRIMARY KEY (tenant, "column", hash)
) STRICT;
CREATE TABLE blind_key (
  tenant text PRIMARY KEY NOT NULL,
  wrapped text NOT NULL
) STRICT;
CREATE TABLE check_value (
  id integer PRIMARY KEY NOT NULL,
  value text NOT NULL
) STRICT;
CREATE TABLE counter (
  key_hash text NOT NULL,
  "window" integer NOT NULL,
  n integer NOT NULL,
  expires_at integer NOT NULL,
  PRIMARY KEY (key_hash, "window")
) STRICT;
CREATE TABLE "key" (
  id text PRIMARY KEY NOT NULL,
  owner_kind text NOT NULL,
  owner text NOT NULL,
  wrapped text NOT NULL,
  created_at integer NOT NULL,
  UNIQUE (owner_kind, owner)
) STRICT;
CREATE TABLE own_key (
  name text PRIMARY KEY NOT NULL,
  wrapped text NOT NULL
) STRICT;
CREATE TABLE tombstone (
  subject_or_home text PRIMARY KEY NOT NULL,
  epoch integer NOT NULL,
  at integer NOT NULL
) STRICT;
CREATE INDEX blind_subject ON blind (subject);
CREATE INDEX counter_end ON counter (expires_at);
CREATE INDEX tombstone_epoch ON tombstone (epoch);
