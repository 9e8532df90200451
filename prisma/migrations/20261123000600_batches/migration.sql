-- CreateTable
CREATE TABLE "batch_approval_tickets" (
    "id" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING_APPROVAL',
    "reason" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "child_count" INTEGER NOT NULL,
    "pending_count" INTEGER NOT NULL DEFAULT 0,
    "success_count" INTEGER NOT NULL DEFAULT 0,
    "failed_count" INTEGER NOT NULL DEFAULT 0,
    "cancelled_count" INTEGER NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "batch_approval_tickets_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "batch_decisions" (
    "batch_id" TEXT NOT NULL,
    "sequence_no" INTEGER NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "error_code" TEXT,
    "error_params" JSONB,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "batch_decisions_pkey" PRIMARY KEY ("batch_id", "sequence_no")
);
CREATE TABLE "rate_limit_exemptions" (
    "user_id" TEXT NOT NULL,
    "exempted_by" TEXT NOT NULL,
    "exempted_by_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rate_limit_exemptions_pkey" PRIMARY KEY ("user_id")
);
CREATE TABLE "rate_limit_user_overrides" (
    "user_id" TEXT NOT NULL,
    "max_pending_parents" INTEGER,
    "max_pending_children" INTEGER,
    "cooldown_seconds" INTEGER,
    "reason" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_by_name" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rate_limit_user_overrides_pkey" PRIMARY KEY ("user_id")
);

-- Where an event's work is done, and since when it waits for a place there (spec §5.34).
ALTER TABLE "domain_events" ADD COLUMN "cluster_id" TEXT,
  ADD COLUMN "queued_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE UNIQUE INDEX "batch_approval_tickets_created_by_request_id_key"
  ON "batch_approval_tickets"("created_by", "request_id");
CREATE INDEX "batch_approval_tickets_created_by_created_at_id_idx"
  ON "batch_approval_tickets"("created_by", "created_at" DESC, "id" DESC);
CREATE INDEX "batch_approval_tickets_created_at_id_idx"
  ON "batch_approval_tickets"("created_at" DESC, "id" DESC);
CREATE UNIQUE INDEX "batch_decisions_batch_id_ticket_id_key" ON "batch_decisions"("batch_id", "ticket_id");

ALTER TABLE batch_approval_tickets
  ADD CONSTRAINT batch_operation_known CHECK (operation IN ('CREATE', 'DELETE', 'POWER', 'MODIFY', 'APPROVE')),
  ADD CONSTRAINT batch_status_known CHECK (status IN
    ('PENDING_APPROVAL', 'IN_PROGRESS', 'COMPLETED', 'PARTIAL_SUCCESS', 'FAILED', 'CANCELLED')),
  ADD CONSTRAINT batch_counts_within CHECK (child_count BETWEEN 1 AND 50 AND pending_count >= 0
    AND pending_count + success_count + failed_count + cancelled_count <= child_count),
  ADD CONSTRAINT batch_end_known
    CHECK ((finished_at IS NULL) = (status IN ('PENDING_APPROVAL', 'IN_PROGRESS')));
ALTER TABLE batch_decisions
  ADD CONSTRAINT batch_decision_known CHECK (status IN ('PENDING', 'SUCCESS', 'FAILED')),
  ADD CONSTRAINT batch_decision_dated CHECK ((decided_at IS NULL) = (status = 'PENDING'));
ALTER TABLE rate_limit_user_overrides ADD CONSTRAINT rate_limit_override_within CHECK (
  coalesce(max_pending_parents >= 0, true) AND coalesce(max_pending_children >= 0, true)
  AND coalesce(cooldown_seconds >= 0, true));

-- What counts against the limits, and ends nobody was told of, are read by these alone.
CREATE INDEX batch_approval_tickets_open ON batch_approval_tickets (created_by) WHERE finished_at IS NULL;
CREATE INDEX batch_approval_tickets_untold ON batch_approval_tickets (finished_at)
  WHERE finished_at IS NOT NULL AND told_at IS NULL;

-- A parent is what its children are, at the end of every transaction that changed one (spec §4). The parent is locked
-- first and counted after, so that of two children ending at once the later one sees the earlier.
CREATE FUNCTION recount_batch(batch text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent batch_approval_tickets;
  undecided int; pending int; good int; bad int; withdrawn int;
  state text;
BEGIN
  SELECT * INTO parent FROM batch_approval_tickets WHERE id = batch FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF parent.operation = 'APPROVE' THEN
    SELECT 0, count(*) FILTER (WHERE status = 'PENDING'), count(*) FILTER (WHERE status = 'SUCCESS'),
      count(*) FILTER (WHERE status = 'FAILED'), 0
    INTO undecided, pending, good, bad, withdrawn FROM batch_decisions WHERE batch_id = batch;
  ELSE
    SELECT count(*) FILTER (WHERE status = 'PENDING'),
      count(*) FILTER (WHERE status IN ('PENDING', 'APPROVED', 'EXECUTING')),
      count(*) FILTER (WHERE status = 'SUCCESS'), count(*) FILTER (WHERE status IN ('FAILED', 'REJECTED')),
      count(*) FILTER (WHERE status = 'CANCELLED')
    INTO undecided, pending, good, bad, withdrawn FROM approval_tickets WHERE batch_id = batch;
  END IF;
  state := CASE
    WHEN pending > 0 AND undecided = pending AND good + bad = 0 THEN 'PENDING_APPROVAL'
    WHEN pending > 0 THEN 'IN_PROGRESS'
    WHEN good + bad = 0 THEN 'CANCELLED'
    WHEN bad = 0 THEN 'COMPLETED'
    WHEN good = 0 THEN 'FAILED'
    ELSE 'PARTIAL_SUCCESS' END;
  UPDATE batch_approval_tickets SET pending_count = pending, success_count = good, failed_count = bad,
    cancelled_count = withdrawn, status = state, updated_at = now(),
    finished_at = CASE WHEN pending > 0 THEN NULL ELSE coalesce(finished_at, now()) END,
    told_at = CASE WHEN pending > 0 THEN NULL ELSE told_at END
  WHERE id = batch AND (pending_count, success_count, failed_count, cancelled_count, status)
    IS DISTINCT FROM (pending, good, bad, withdrawn, state);
END $$;

CREATE FUNCTION follow_batch_child() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM recount_batch(NEW.batch_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER approval_tickets_recount AFTER INSERT OR UPDATE OF status ON approval_tickets
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.batch_id IS NOT NULL) EXECUTE FUNCTION follow_batch_child();
CREATE CONSTRAINT TRIGGER batch_decisions_recount AFTER INSERT OR UPDATE OF status ON batch_decisions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION follow_batch_child();

CREATE FUNCTION announce_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('batch', NEW.id, NULL, NEW.created_by);
  RETURN NULL;
END $$;
CREATE TRIGGER batch_approval_tickets_announce AFTER INSERT OR UPDATE ON batch_approval_tickets
  FOR EACH ROW EXECUTE FUNCTION announce_batch();

-- The lease of an event that works at a cluster is its permit there: it is kept, handed back and lost with the lease.
CREATE INDEX domain_events_permits ON domain_events (cluster_id)
  WHERE status = 'PROCESSING' AND lease_owner IS NOT NULL AND cluster_id IS NOT NULL;
CREATE INDEX domain_events_queued ON domain_events (cluster_id, queued_at)
  WHERE status = 'PROCESSING' AND queued_at IS NOT NULL;
CREATE VIEW cluster_permits AS
  SELECT cluster_id, id AS holder, lease_until FROM domain_events
  WHERE status = 'PROCESSING' AND lease_owner IS NOT NULL AND cluster_id IS NOT NULL AND lease_until > now();

-- A number that an administrator set, else the one given.
CREATE FUNCTION setting_or(wanted text, otherwise int) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT (value #>> '{}')::int FROM platform_settings WHERE key = wanted), otherwise)
$$;

CREATE FUNCTION has_cluster_room(place text, per_cluster int, in_all int) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT count(*) FILTER (WHERE cluster_id = place) < setting_or('k8s.per_cluster_limit', per_cluster)
    AND count(*) < setting_or('k8s.global_limit', in_all)
  FROM domain_events
  WHERE status = 'PROCESSING' AND lease_owner IS NOT NULL AND cluster_id IS NOT NULL AND lease_until > clock_timestamp()
$$;

-- Takes a due event that nobody holds, where its cluster has room for one more; else the event queues there. The time
-- in the queue is not the operation's own. One statement of the worker, so the lock is as short as that.
CREATE FUNCTION take_event_lease(wanted text, taker text, seconds int, per_cluster int, in_all int)
RETURNS SETOF domain_events LANGUAGE plpgsql AS $$
DECLARE place text;
BEGIN
  SELECT cluster_id INTO place FROM domain_events
  WHERE id = wanted AND status = 'PROCESSING' AND (due_at <= now() OR queued_at IS NOT NULL)
    AND (lease_until IS NULL OR lease_until < now());
  IF NOT FOUND THEN RETURN; END IF;
  IF place IS NOT NULL THEN
    -- Whoever sees a full house without waiting in line need not wait in line.
    IF has_cluster_room(place, per_cluster, in_all) THEN
      PERFORM pg_advisory_xact_lock(hashtextextended('shepherd cluster permits', 0));
    END IF;
    IF NOT has_cluster_room(place, per_cluster, in_all) THEN
      UPDATE domain_events SET queued_at = clock_timestamp()
      WHERE id = wanted AND status = 'PROCESSING' AND queued_at IS NULL AND due_at <= now()
        AND (lease_until IS NULL OR lease_until < now());
      RETURN;
    END IF;
  END IF;
  RETURN QUERY UPDATE domain_events e
    SET lease_owner = taker, lease_token = e.lease_token + 1,
      lease_until = clock_timestamp() + make_interval(secs => seconds), queued_at = NULL,
      started_at = e.started_at + coalesce(clock_timestamp() - e.queued_at, interval '0')
    WHERE e.id = wanted AND e.status = 'PROCESSING' AND (e.due_at <= now() OR e.queued_at IS NOT NULL)
      AND (e.lease_until IS NULL OR e.lease_until < now())
    RETURNING e.*;
END $$;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON batch_approval_tickets, batch_decisions, rate_limit_exemptions,
    rate_limit_user_overrides TO shepherd_web;
  GRANT SELECT ON cluster_permits TO shepherd_web;
END $$;
