-- One row for each event, however often it is delivered. Connect writes all columns but the last.
CREATE TABLE events (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  type text NOT NULL,
  happened_at timestamptz NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
