CREATE TABLE access_log (
  subject text NOT NULL,
  id text NOT NULL,
  at bigint NOT NULL,
  staff text NOT NULL,
  role text NOT NULL,
  outcome text NOT NULL,
  opening text NOT NULL,
  case_kind text NOT NULL,
  case_id text NOT NULL,
  purpose text NOT NULL,
  categories text NOT NULL,
  ends_at bigint,
  refusal text,
  reason text
);
CREATE TABLE account (
  subject text NOT NULL,
  tenant text NOT NULL,
  email text,
  phone text,
  email_verified_at bigint,
  phone_verified_at bigint,
  password text,
  locale text,
  theme text NOT NULL,
  region text NOT NULL,
  created_at bigint NOT NULL,
  closed_at bigint,
  phone_changed_at bigint,
  password_set_at bigint,
  passkey_handle text,
  age_band text,
  age_stated_at bigint,
  of_age_at bigint,
  insights bigint
);
CREATE TABLE activity_log (
  subject text NOT NULL,
  id text NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  surface text NOT NULL,
  home text,
  device text,
  locale text,
  address text,
  area text
);
CREATE TABLE address_undo (
  subject text NOT NULL,
  id text NOT NULL,
  hash text NOT NULL,
  address text NOT NULL,
  changed_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  verified_at bigint NOT NULL DEFAULT 0,
  told_at bigint
);
CREATE TABLE agreement (
  subject text NOT NULL,
  id text NOT NULL,
  document text NOT NULL,
  version text NOT NULL,
  sha256 text NOT NULL,
  locale text NOT NULL,
  region text NOT NULL,
  act text NOT NULL,
  at bigint NOT NULL,
  surface text NOT NULL
);
CREATE TABLE alarm (
  home_id text NOT NULL,
  version bigint NOT NULL,
  content text,
  set_by text,
  state text NOT NULL,
  since bigint NOT NULL,
  run text
);
CREATE TABLE alarm_code (
  home_id text NOT NULL,
  id text NOT NULL,
  subject text,
  name text,
  code text NOT NULL,
  is_duress bigint NOT NULL,
  starts_at bigint,
  ends_at bigint,
  created_at bigint NOT NULL
);
CREATE TABLE alarm_event (
  home_id text NOT NULL,
  id text NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  mode text,
  by_subject text,
  device text
);
CREATE TABLE automation (
  home_id text NOT NULL,
  id text NOT NULL,
  body text NOT NULL,
  enabled bigint NOT NULL,
  author text,
  version bigint NOT NULL,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  stopped text
);
CREATE TABLE automation_hook (
  home_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  secret_hash text NOT NULL,
  made_at bigint NOT NULL
);
CREATE TABLE automation_run (
  home_id text NOT NULL,
  id text NOT NULL,
  automation_id text NOT NULL,
  at bigint NOT NULL,
  ended_at bigint,
  result text NOT NULL,
  trace text NOT NULL
);
CREATE TABLE automation_version (
  home_id text NOT NULL,
  id text NOT NULL,
  automation_id text NOT NULL,
  version bigint NOT NULL,
  body text NOT NULL,
  author text,
  saved_at bigint NOT NULL
);
CREATE TABLE backup_run (
  id text NOT NULL,
  started_at bigint NOT NULL,
  ended_at bigint,
  failed text,
  data_name text,
  vault_name text,
  bytes bigint,
  row_count bigint,
  rehearsed_at bigint,
  rehearsal_failed text,
  restore_ms bigint
);
CREATE TABLE breach_case (
  id text NOT NULL,
  ground text NOT NULL,
  region text NOT NULL,
  opened_at bigint NOT NULL
);
CREATE TABLE calendar_source (
  home_id text NOT NULL,
  id text NOT NULL,
  address text NOT NULL,
  marks text,
  named_by text NOT NULL,
  fetched_at bigint NOT NULL,
  failing_since bigint,
  failure text,
  told_at bigint
);
CREATE TABLE command (
  home_id text NOT NULL,
  id text NOT NULL,
  device_id text NOT NULL,
  status text NOT NULL,
  confirmable bigint NOT NULL,
  accepted_at bigint NOT NULL,
  sent_at bigint,
  ended_at bigint,
  reason text,
  actor_subject text,
  key_hash text,
  body_hash text,
  payload text NOT NULL
);
CREATE TABLE connection (
  home_id text NOT NULL,
  id text NOT NULL,
  driver text NOT NULL,
  source text NOT NULL,
  config text NOT NULL,
  created_at bigint NOT NULL
);
CREATE TABLE consent_event (
  subject text NOT NULL,
  id text NOT NULL,
  purpose text NOT NULL,
  event text NOT NULL,
  region text NOT NULL,
  notice_sha256 text NOT NULL,
  locale text NOT NULL,
  at bigint NOT NULL,
  surface text NOT NULL,
  basis text NOT NULL,
  recipient text NOT NULL DEFAULT ''::text,
  categories text,
  guardian text
);
CREATE TABLE credential (
  home_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  username text NOT NULL,
  hash text NOT NULL,
  created_at bigint NOT NULL,
  scope text,
  made_by text
);
CREATE TABLE device (
  home_id text NOT NULL,
  id text NOT NULL,
  driver text NOT NULL,
  connection_id text,
  room_id text,
  is_new bigint NOT NULL,
  added_at bigint NOT NULL,
  kind text NOT NULL,
  details text NOT NULL
);
CREATE TABLE device_hold (
  home_id text NOT NULL,
  id text NOT NULL,
  device_id text NOT NULL,
  part text,
  capability text,
  ends text NOT NULL,
  until bigint,
  since bigint NOT NULL,
  by_subject text
);
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
  intent_at bigint NOT NULL
);
CREATE TABLE disclosure_outcome (
  subject text NOT NULL,
  id text NOT NULL,
  outcome text NOT NULL,
  answer text,
  outcome_at bigint NOT NULL,
  bytes bigint NOT NULL,
  digest text NOT NULL
);
CREATE TABLE energy_correction (
  home_id text NOT NULL,
  id text NOT NULL,
  meter_id text NOT NULL,
  at bigint NOT NULL,
  author text,
  takes_back text,
  content text NOT NULL
);
CREATE TABLE energy_meter (
  home_id text NOT NULL,
  id text NOT NULL,
  "position" bigint NOT NULL,
  version bigint NOT NULL,
  name text NOT NULL,
  content text NOT NULL
);
CREATE TABLE energy_price (
  home_id text NOT NULL,
  id text NOT NULL,
  meter_id text NOT NULL,
  day bigint NOT NULL,
  content text NOT NULL
);
CREATE TABLE erasure (
  id text NOT NULL,
  of_subject text NOT NULL,
  progress text NOT NULL,
  started_at bigint NOT NULL,
  key_gone_at bigint,
  finished_at bigint,
  certificate text,
  tell_at bigint
);
CREATE TABLE floor (
  home_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  "position" bigint NOT NULL
);
CREATE TABLE home (
  home_id text NOT NULL,
  tenant text NOT NULL,
  n bigint NOT NULL,
  name text NOT NULL,
  zone text NOT NULL,
  created_at bigint NOT NULL,
  confirm text NOT NULL DEFAULT 'guests'::text
);
CREATE TABLE home_about (
  home_id text NOT NULL,
  floor_area text,
  family_status text,
  address text
);
CREATE TABLE home_calendar (
  home_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  content text NOT NULL,
  brought_at bigint NOT NULL
);
CREATE TABLE home_mode (
  home_id text NOT NULL,
  mode text NOT NULL,
  at bigint,
  person text,
  automation_id text,
  own text NOT NULL
);
CREATE TABLE home_place (
  home_id text NOT NULL,
  places text NOT NULL
);
CREATE TABLE inbox (
  subject text NOT NULL,
  id text NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  home text,
  device text,
  automation text,
  times bigint NOT NULL,
  seen_at bigint,
  over_at bigint,
  words text,
  question text,
  answers text,
  again_at bigint,
  again_minutes bigint,
  again_left bigint
);
CREATE TABLE instance (
  key text NOT NULL,
  value text NOT NULL
);
CREATE TABLE invitation (
  home_id text NOT NULL,
  id text NOT NULL,
  code_hash text NOT NULL,
  role text NOT NULL,
  name text,
  limits text,
  starts_at bigint,
  ends_at bigint,
  guardian text,
  invited_by text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE TABLE job (
  id text NOT NULL,
  kind text NOT NULL,
  key text,
  home_id text,
  run_at bigint NOT NULL,
  attempts bigint NOT NULL,
  owner text,
  locked_until bigint,
  done_at bigint,
  failed text,
  payload text
);
CREATE TABLE live_state (
  home_id bigint NOT NULL,
  device_id text NOT NULL,
  "values" text NOT NULL,
  at bigint NOT NULL
);
CREATE TABLE member (
  home_id text NOT NULL,
  subject text NOT NULL,
  role text NOT NULL,
  since bigint NOT NULL,
  name text,
  limits text,
  starts_at bigint,
  ends_at bigint,
  guardian text,
  shares text
);
CREATE TABLE member_pin (
  home_id text NOT NULL,
  subject text NOT NULL,
  pin text NOT NULL,
  tries bigint NOT NULL,
  locked_until bigint
);
CREATE TABLE migration (
  number bigint NOT NULL,
  name text NOT NULL,
  at bigint NOT NULL,
  breaking bigint NOT NULL
);
CREATE TABLE mode_change (
  home_id text NOT NULL,
  id text NOT NULL,
  at bigint NOT NULL,
  mode text NOT NULL,
  was text NOT NULL,
  person text,
  automation_id text
);
CREATE TABLE notice_question (
  home_id text NOT NULL,
  id text NOT NULL,
  asked_at bigint NOT NULL,
  waits bigint NOT NULL,
  ends_at bigint,
  answer bigint,
  answered_at bigint,
  answered_by text
);
CREATE TABLE notice_rules (
  subject text NOT NULL,
  rules text NOT NULL
);
CREATE TABLE panel (
  home_id text NOT NULL,
  id text NOT NULL,
  code_hash text,
  code_expires_at bigint,
  secret_hash text,
  added_by text NOT NULL,
  created_at bigint NOT NULL,
  paired_at bigint,
  code_by text
);
CREATE TABLE partition_lease (
  part bigint NOT NULL,
  owner text,
  epoch bigint NOT NULL DEFAULT 0,
  seq bigint NOT NULL DEFAULT 0,
  expires bigint
);
CREATE TABLE passkey (
  subject text NOT NULL,
  id text NOT NULL,
  credential_id text NOT NULL,
  public_key text NOT NULL,
  counter bigint NOT NULL,
  transports text NOT NULL,
  kind text NOT NULL,
  backed_up bigint NOT NULL,
  host text NOT NULL,
  name text NOT NULL,
  created_at bigint NOT NULL,
  last_used_at bigint
);
CREATE TABLE policy_notice (
  subject text NOT NULL,
  version text NOT NULL,
  told_at bigint NOT NULL
);
CREATE TABLE policy_version (
  document text NOT NULL,
  version text NOT NULL,
  locale text NOT NULL,
  sha256 text NOT NULL,
  effective_at bigint NOT NULL,
  published_at bigint NOT NULL,
  notice_days bigint NOT NULL DEFAULT 0,
  is_raised bigint NOT NULL DEFAULT 0,
  changes text NOT NULL DEFAULT '[]'::text,
  body text
);
CREATE TABLE presence (
  home_id text NOT NULL,
  subject text NOT NULL,
  shared_at bigint,
  allowed_by text,
  whereabouts text
);
CREATE TABLE price_source (
  home_id text NOT NULL,
  id text NOT NULL,
  address text NOT NULL,
  marks text,
  named_by text NOT NULL,
  fetched_at bigint NOT NULL,
  failing_since bigint,
  failure text,
  told_at bigint
);
CREATE TABLE push_subscription (
  subject text NOT NULL,
  id text NOT NULL,
  session text NOT NULL,
  hash text NOT NULL,
  target text NOT NULL,
  locale text NOT NULL,
  created_at bigint NOT NULL,
  sent_at bigint
);
CREATE TABLE recipient_version (
  id text NOT NULL,
  agreement_sha256 text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  region text NOT NULL,
  purposes text NOT NULL,
  fields text NOT NULL,
  seen_at bigint NOT NULL,
  expires_at bigint,
  brands text,
  mechanism text
);
CREATE TABLE recovery_code (
  subject text NOT NULL,
  id text NOT NULL,
  hash text NOT NULL,
  used_at bigint
);
CREATE TABLE release (
  subject text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  recipient text NOT NULL,
  purpose text NOT NULL,
  slot text NOT NULL,
  basis text NOT NULL,
  created_at bigint NOT NULL,
  due_at bigint NOT NULL,
  attempts bigint NOT NULL,
  locked_until bigint,
  done_at bigint
);
CREATE TABLE replaced_secret (
  subject text NOT NULL,
  id text NOT NULL,
  session_id text NOT NULL,
  hash text NOT NULL,
  until bigint,
  expires_at bigint NOT NULL
);
CREATE TABLE request (
  subject text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  ground text,
  purpose text,
  regime text NOT NULL,
  received_at bigint NOT NULL,
  due_at bigint NOT NULL,
  run_at bigint NOT NULL,
  paused_at bigint,
  extended_at bigint,
  answered_at bigint,
  ended_at bigint,
  mark bigint NOT NULL,
  link_hash text,
  link_until bigint,
  guardian text,
  about_place text,
  about_field text,
  statement text,
  reply text,
  outcome text
);
CREATE TABLE request_package (
  subject text NOT NULL,
  id text NOT NULL,
  request text NOT NULL,
  part bigint NOT NULL,
  bytes text NOT NULL,
  expires_at bigint NOT NULL
);
CREATE TABLE request_step (
  subject text NOT NULL,
  id text NOT NULL,
  request text NOT NULL,
  place text NOT NULL,
  result text NOT NULL,
  reason text,
  until bigint,
  at bigint NOT NULL
);
CREATE TABLE retention_fault (
  rule text NOT NULL,
  since bigint NOT NULL,
  fails bigint NOT NULL
);
CREATE TABLE retention_result (
  run_id text NOT NULL,
  rule text NOT NULL,
  at bigint NOT NULL,
  removed bigint NOT NULL,
  remaining bigint NOT NULL,
  fault text
);
CREATE TABLE retention_run (
  id text NOT NULL,
  started_at bigint NOT NULL,
  ended_at bigint NOT NULL,
  outcome text NOT NULL,
  removed bigint NOT NULL,
  fault text
);
CREATE TABLE room (
  home_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  floor_id text,
  "position" bigint NOT NULL
);
CREATE TABLE sample (
  home_id bigint NOT NULL,
  series_id bigint NOT NULL,
  ts bigint NOT NULL,
  value double precision NOT NULL
);
CREATE TABLE sample_day (
  home_id bigint NOT NULL,
  series_id bigint NOT NULL,
  ts bigint NOT NULL,
  n bigint NOT NULL,
  min double precision NOT NULL,
  max double precision NOT NULL,
  total double precision NOT NULL,
  seconds double precision NOT NULL,
  last double precision NOT NULL
);
CREATE TABLE sample_hour (
  home_id bigint NOT NULL,
  series_id bigint NOT NULL,
  ts bigint NOT NULL,
  n bigint NOT NULL,
  min double precision NOT NULL,
  max double precision NOT NULL,
  total double precision NOT NULL,
  seconds double precision NOT NULL,
  last double precision NOT NULL
);
CREATE TABLE sample_text (
  home_id bigint NOT NULL,
  series_id bigint NOT NULL,
  ts bigint NOT NULL,
  value text NOT NULL
);
CREATE TABLE scene (
  home_id text NOT NULL,
  id text NOT NULL,
  "position" bigint NOT NULL,
  version bigint NOT NULL,
  name text NOT NULL,
  content text NOT NULL
);
CREATE TABLE scene_version (
  home_id text NOT NULL,
  id text NOT NULL,
  scene_id text NOT NULL,
  version bigint NOT NULL,
  content text NOT NULL,
  author text,
  saved_at bigint NOT NULL
);
CREATE TABLE search_log (
  subject text NOT NULL,
  id text NOT NULL,
  at bigint NOT NULL,
  text text NOT NULL
);
CREATE TABLE series (
  home_id bigint NOT NULL,
  series_id bigint NOT NULL,
  device_id text NOT NULL,
  path text NOT NULL,
  rolled_to bigint NOT NULL DEFAULT 0
);
CREATE TABLE session (
  subject text NOT NULL,
  id text NOT NULL,
  hash text NOT NULL,
  kind text NOT NULL,
  created_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  proved_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  label text,
  address text,
  secret_at bigint
);
CREATE TABLE sign_in_flow (
  subject text NOT NULL,
  id text NOT NULL,
  code_hash text NOT NULL,
  tries bigint NOT NULL,
  identifier text NOT NULL,
  known bigint NOT NULL,
  acts text,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE TABLE staff (
  subject text NOT NULL,
  role text NOT NULL,
  name text NOT NULL,
  enrol_hash text,
  enrol_until bigint,
  password text,
  secret text NOT NULL,
  last_step bigint,
  added_at bigint NOT NULL,
  ended_at bigint
);
CREATE TABLE state_hour (
  home_id bigint NOT NULL,
  series_id bigint NOT NULL,
  ts bigint NOT NULL,
  value text NOT NULL
);
CREATE TABLE support_case (
  subject text NOT NULL,
  id text NOT NULL,
  opened_at bigint NOT NULL,
  until bigint NOT NULL
);
CREATE TABLE token (
  subject text NOT NULL,
  id text NOT NULL,
  hash text NOT NULL,
  name text NOT NULL,
  homes text,
  verbs text,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  last_used_at bigint,
  surface text NOT NULL
);
CREATE TABLE tombstone (
  subject_or_home text NOT NULL,
  epoch bigint NOT NULL,
  at bigint NOT NULL
);
CREATE TABLE totp (
  subject text NOT NULL,
  secret text NOT NULL,
  created_at bigint NOT NULL,
  confirmed_at bigint,
  last_step bigint
);
CREATE TABLE transfer (
  home_id text NOT NULL,
  id text NOT NULL,
  from_subject text NOT NULL,
  to_subject text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  keep bigint NOT NULL DEFAULT 0
);
CREATE TABLE vacation (
  home_id text NOT NULL,
  version bigint NOT NULL,
  content text NOT NULL,
  author text,
  enabled bigint NOT NULL,
  stopped text
);
CREATE INDEX access_log_id ON access_log USING btree (id);
CREATE UNIQUE INDEX access_log_pkey ON access_log USING btree (subject, at, id);
CREATE UNIQUE INDEX account_pkey ON account USING btree (subject);
CREATE UNIQUE INDEX activity_log_pkey ON activity_log USING btree (subject, at, id);
CREATE INDEX activity_log_whole ON activity_log USING btree (at) WHERE (address IS NOT NULL);
CREATE UNIQUE INDEX address_undo_hash_key ON address_undo USING btree (hash);
CREATE UNIQUE INDEX address_undo_pkey ON address_undo USING btree (subject, id);
CREATE INDEX address_undo_untold ON address_undo USING btree (expires_at) WHERE (told_at IS NULL);
CREATE UNIQUE INDEX agreement_pkey ON agreement USING btree (subject, id);
CREATE INDEX alarm_code_of ON alarm_code USING btree (subject) WHERE (subject IS NOT NULL);
CREATE UNIQUE INDEX alarm_code_pkey ON alarm_code USING btree (home_id, id);
CREATE INDEX alarm_event_at ON alarm_event USING btree (home_id, at);
CREATE INDEX alarm_event_by ON alarm_event USING btree (by_subject, at) WHERE (by_subject IS NOT NULL);
CREATE UNIQUE INDEX alarm_event_pkey ON alarm_event USING btree (home_id, id);
CREATE UNIQUE INDEX alarm_pkey ON alarm USING btree (home_id);
CREATE INDEX alarm_set_by ON alarm USING btree (set_by) WHERE (set_by IS NOT NULL);
CREATE INDEX automation_author ON automation USING btree (author) WHERE (author IS NOT NULL);
CREATE UNIQUE INDEX automation_hook_pkey ON automation_hook USING btree (home_id, id);
CREATE UNIQUE INDEX automation_pkey ON automation USING btree (home_id, id);
CREATE INDEX automation_run_at ON automation_run USING btree (at);
CREATE INDEX automation_run_home ON automation_run USING btree (home_id, at);
CREATE INDEX automation_run_of ON automation_run USING btree (home_id, automation_id, at);
CREATE INDEX automation_run_open ON automation_run USING btree (home_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX automation_run_pkey ON automation_run USING btree (home_id, id);
CREATE INDEX automation_version_author ON automation_version USING btree (author) WHERE (author IS NOT NULL);
CREATE UNIQUE INDEX automation_version_of ON automation_version USING btree (home_id, automation_id, version);
CREATE UNIQUE INDEX automation_version_pkey ON automation_version USING btree (home_id, id);
CREATE INDEX automation_version_saved ON automation_version USING btree (saved_at);
CREATE UNIQUE INDEX backup_run_pkey ON backup_run USING btree (id);
CREATE INDEX backup_run_started ON backup_run USING btree (started_at);
CREATE UNIQUE INDEX breach_case_pkey ON breach_case USING btree (id);
CREATE INDEX calendar_source_named_by ON calendar_source USING btree (named_by);
CREATE UNIQUE INDEX calendar_source_pkey ON calendar_source USING btree (home_id, id);
CREATE INDEX command_actor ON command USING btree (actor_subject, accepted_at) WHERE (actor_subject IS NOT NULL);
CREATE INDEX command_at ON command USING btree (home_id, accepted_at);
CREATE UNIQUE INDEX command_key ON command USING btree (home_id, device_id, key_hash);
CREATE INDEX command_open ON command USING btree (home_id, accepted_at) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX command_pkey ON command USING btree (home_id, id);
CREATE UNIQUE INDEX connection_pkey ON connection USING btree (home_id, id);
CREATE INDEX consent_event_guardian ON consent_event USING btree (guardian);
CREATE UNIQUE INDEX consent_event_pkey ON consent_event USING btree (subject, id);
CREATE INDEX credential_maker ON credential USING btree (made_by) WHERE (made_by IS NOT NULL);
CREATE UNIQUE INDEX credential_pkey ON credential USING btree (home_id, id);
CREATE UNIQUE INDEX credential_username_key ON credential USING btree (username);
CREATE INDEX device_hold_by ON device_hold USING btree (by_subject) WHERE (by_subject IS NOT NULL);
CREATE UNIQUE INDEX device_hold_pkey ON device_hold USING btree (home_id, id);
CREATE UNIQUE INDEX device_pkey ON device USING btree (home_id, id);
CREATE UNIQUE INDEX disclosure_outcome_pkey ON disclosure_outcome USING btree (subject, id);
CREATE UNIQUE INDEX disclosure_pkey ON disclosure USING btree (subject, intent_at, id);
CREATE INDEX energy_correction_author ON energy_correction USING btree (author);
CREATE INDEX energy_correction_meter ON energy_correction USING btree (home_id, meter_id);
CREATE UNIQUE INDEX energy_correction_pkey ON energy_correction USING btree (home_id, id);
CREATE UNIQUE INDEX energy_meter_pkey ON energy_meter USING btree (home_id, id);
CREATE UNIQUE INDEX energy_price_day ON energy_price USING btree (home_id, meter_id, day);
CREATE UNIQUE INDEX energy_price_pkey ON energy_price USING btree (home_id, id);
CREATE UNIQUE INDEX erasure_of_subject_key ON erasure USING btree (of_subject);
CREATE INDEX erasure_open ON erasure USING btree (started_at) WHERE (finished_at IS NULL);
CREATE UNIQUE INDEX erasure_pkey ON erasure USING btree (id);
CREATE INDEX erasure_tell ON erasure USING btree (tell_at) WHERE (tell_at IS NOT NULL);
CREATE UNIQUE INDEX floor_pkey ON floor USING btree (home_id, id);
CREATE UNIQUE INDEX home_about_pkey ON home_about USING btree (home_id);
CREATE UNIQUE INDEX home_calendar_pkey ON home_calendar USING btree (home_id, id);
CREATE INDEX home_mode_person ON home_mode USING btree (person) WHERE (person IS NOT NULL);
CREATE UNIQUE INDEX home_mode_pkey ON home_mode USING btree (home_id);
CREATE UNIQUE INDEX home_n_key ON home USING btree (n);
CREATE UNIQUE INDEX home_pkey ON home USING btree (home_id);
CREATE UNIQUE INDEX home_place_pkey ON home_place USING btree (home_id);
CREATE INDEX inbox_again ON inbox USING btree (again_at) WHERE (again_at IS NOT NULL);
CREATE INDEX inbox_at ON inbox USING btree (at);
CREATE INDEX inbox_newest ON inbox USING btree (subject, at);
CREATE INDEX inbox_open ON inbox USING btree (kind, home) WHERE (over_at IS NULL);
CREATE UNIQUE INDEX inbox_pkey ON inbox USING btree (subject, id);
CREATE INDEX inbox_question ON inbox USING btree (question) WHERE (question IS NOT NULL);
CREATE UNIQUE INDEX instance_pkey ON instance USING btree (key);
CREATE UNIQUE INDEX invitation_code_hash_key ON invitation USING btree (code_hash);
CREATE INDEX invitation_guardian ON invitation USING btree (guardian) WHERE (guardian IS NOT NULL);
CREATE INDEX invitation_maker ON invitation USING btree (invited_by, expires_at);
CREATE UNIQUE INDEX invitation_pkey ON invitation USING btree (home_id, id);
CREATE INDEX job_due ON job USING btree (run_at) WHERE (done_at IS NULL);
CREATE INDEX job_home ON job USING btree (home_id) WHERE (home_id IS NOT NULL);
CREATE UNIQUE INDEX job_key_key ON job USING btree (key);
CREATE UNIQUE INDEX job_pkey ON job USING btree (id);
CREATE UNIQUE INDEX live_state_pkey ON live_state USING btree (home_id, device_id);
CREATE INDEX member_guardian ON member USING btree (guardian) WHERE (guardian IS NOT NULL);
CREATE UNIQUE INDEX member_pin_pkey ON member_pin USING btree (home_id, subject);
CREATE INDEX member_pin_subject ON member_pin USING btree (subject);
CREATE UNIQUE INDEX member_pkey ON member USING btree (home_id, subject);
CREATE INDEX member_subject ON member USING btree (subject, home_id);
CREATE UNIQUE INDEX migration_pkey ON migration USING btree (number);
CREATE INDEX mode_change_at ON mode_change USING btree (at);
CREATE INDEX mode_change_of ON mode_change USING btree (home_id, at);
CREATE INDEX mode_change_person ON mode_change USING btree (person) WHERE (person IS NOT NULL);
CREATE UNIQUE INDEX mode_change_pkey ON mode_change USING btree (home_id, id);
CREATE INDEX notice_question_asked ON notice_question USING btree (asked_at);
CREATE INDEX notice_question_by ON notice_question USING btree (answered_by, asked_at) WHERE (answered_by IS NOT NULL);
CREATE UNIQUE INDEX notice_question_pkey ON notice_question USING btree (home_id, id);
CREATE UNIQUE INDEX notice_rules_pkey ON notice_rules USING btree (subject);
CREATE UNIQUE INDEX panel_code ON panel USING btree (code_hash);
CREATE INDEX panel_code_maker ON panel USING btree (code_by) WHERE (code_by IS NOT NULL);
CREATE INDEX panel_maker ON panel USING btree (added_by);
CREATE INDEX panel_member ON panel USING btree (id);
CREATE UNIQUE INDEX panel_pkey ON panel USING btree (home_id, id);
CREATE UNIQUE INDEX panel_secret ON panel USING btree (secret_hash);
CREATE UNIQUE INDEX partition_lease_pkey ON partition_lease USING btree (part);
CREATE UNIQUE INDEX passkey_credential_id_key ON passkey USING btree (credential_id);
CREATE UNIQUE INDEX passkey_pkey ON passkey USING btree (subject, id);
CREATE UNIQUE INDEX policy_notice_pkey ON policy_notice USING btree (subject, version);
CREATE UNIQUE INDEX policy_version_pkey ON policy_version USING btree (document, version, locale);
CREATE INDEX presence_allowed_by ON presence USING btree (allowed_by) WHERE (allowed_by IS NOT NULL);
CREATE UNIQUE INDEX presence_pkey ON presence USING btree (home_id, subject);
CREATE INDEX presence_subject ON presence USING btree (subject);
CREATE INDEX price_source_named_by ON price_source USING btree (named_by);
CREATE UNIQUE INDEX price_source_pkey ON price_source USING btree (home_id, id);
CREATE UNIQUE INDEX push_subscription_hash_key ON push_subscription USING btree (hash);
CREATE UNIQUE INDEX push_subscription_pkey ON push_subscription USING btree (subject, id);
CREATE INDEX push_subscription_session ON push_subscription USING btree (session);
CREATE UNIQUE INDEX push_subscription_subject_session_key ON push_subscription USING btree (subject, session);
CREATE UNIQUE INDEX recipient_version_pkey ON recipient_version USING btree (id, agreement_sha256, seen_at);
CREATE UNIQUE INDEX recovery_code_pkey ON recovery_code USING btree (subject, id);
CREATE INDEX release_due ON release USING btree (due_at) WHERE (done_at IS NULL);
CREATE UNIQUE INDEX release_pkey ON release USING btree (subject, recipient, purpose, kind, slot);
CREATE UNIQUE INDEX replaced_secret_hash_key ON replaced_secret USING btree (hash);
CREATE UNIQUE INDEX replaced_secret_pkey ON replaced_secret USING btree (subject, id);
CREATE INDEX replaced_secret_session ON replaced_secret USING btree (subject, session_id);
CREATE UNIQUE INDEX request_correction ON request USING btree (subject, about_place, about_field) WHERE ((kind = 'correction'::text) AND (ended_at IS NULL));
CREATE INDEX request_guardian ON request USING btree (guardian) WHERE (guardian IS NOT NULL);
CREATE INDEX request_open ON request USING btree (run_at) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX request_package_pkey ON request_package USING btree (subject, id);
CREATE UNIQUE INDEX request_pkey ON request USING btree (subject, id);
CREATE UNIQUE INDEX request_step_pkey ON request_step USING btree (subject, id);
CREATE UNIQUE INDEX retention_fault_pkey ON retention_fault USING btree (rule);
CREATE INDEX retention_result_at ON retention_result USING btree (at);
CREATE UNIQUE INDEX retention_result_pkey ON retention_result USING btree (run_id, rule);
CREATE INDEX retention_run_at ON retention_run USING btree (started_at);
CREATE UNIQUE INDEX retention_run_pkey ON retention_run USING btree (id);
CREATE UNIQUE INDEX room_pkey ON room USING btree (home_id, id);
CREATE UNIQUE INDEX sample_day_pkey ON sample_day USING btree (home_id, series_id, ts);
CREATE UNIQUE INDEX sample_hour_pkey ON sample_hour USING btree (home_id, series_id, ts);
CREATE UNIQUE INDEX sample_pkey ON sample USING btree (home_id, series_id, ts);
CREATE UNIQUE INDEX sample_text_pkey ON sample_text USING btree (home_id, series_id, ts);
CREATE UNIQUE INDEX scene_pkey ON scene USING btree (home_id, id);
CREATE INDEX scene_version_author ON scene_version USING btree (author) WHERE (author IS NOT NULL);
CREATE UNIQUE INDEX scene_version_of ON scene_version USING btree (home_id, scene_id, version);
CREATE UNIQUE INDEX scene_version_pkey ON scene_version USING btree (home_id, id);
CREATE INDEX scene_version_saved ON scene_version USING btree (saved_at);
CREATE UNIQUE INDEX search_log_pkey ON search_log USING btree (subject, at, id);
CREATE INDEX series_device ON series USING btree (home_id, device_id);
CREATE UNIQUE INDEX series_pkey ON series USING btree (home_id, series_id);
CREATE UNIQUE INDEX session_hash_key ON session USING btree (hash);
CREATE UNIQUE INDEX session_pkey ON session USING btree (subject, id);
CREATE UNIQUE INDEX sign_in_flow_id_key ON sign_in_flow USING btree (id);
CREATE UNIQUE INDEX sign_in_flow_pkey ON sign_in_flow USING btree (subject, id);
CREATE UNIQUE INDEX staff_pkey ON staff USING btree (subject);
CREATE UNIQUE INDEX state_hour_pkey ON state_hour USING btree (home_id, series_id, ts);
CREATE INDEX support_case_id ON support_case USING btree (id);
CREATE UNIQUE INDEX support_case_pkey ON support_case USING btree (subject, id);
CREATE UNIQUE INDEX token_hash_key ON token USING btree (hash);
CREATE UNIQUE INDEX token_pkey ON token USING btree (subject, id);
CREATE INDEX tombstone_epoch ON tombstone USING btree (epoch);
CREATE UNIQUE INDEX tombstone_pkey ON tombstone USING btree (subject_or_home);
CREATE UNIQUE INDEX totp_pkey ON totp USING btree (subject);
CREATE INDEX transfer_giver ON transfer USING btree (from_subject);
CREATE UNIQUE INDEX transfer_pkey ON transfer USING btree (home_id, id);
CREATE INDEX transfer_taker ON transfer USING btree (to_subject);
CREATE INDEX vacation_author ON vacation USING btree (author) WHERE (author IS NOT NULL);
CREATE UNIQUE INDEX vacation_pkey ON vacation USING btree (home_id);
