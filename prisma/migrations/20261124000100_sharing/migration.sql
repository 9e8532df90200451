-- AlterTable
ALTER TABLE "vnc_access_tokens" ADD COLUMN     "mode" TEXT NOT NULL DEFAULT 'control',
ADD COLUMN     "observes" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "revoke_reason" TEXT,
ADD COLUMN     "superseded_as" TEXT,
ADD COLUMN     "superseded_at" TIMESTAMPTZ(3),
ADD COLUMN     "superseded_by" TEXT,
ADD COLUMN     "takes_over" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "watched_jti" TEXT;

-- AlterTable
ALTER TABLE "console_grants" ADD COLUMN     "covers" TEXT[] DEFAULT ARRAY['console']::TEXT[];

-- AlterTable
ALTER TABLE "worker_instances" ADD COLUMN     "address" TEXT;

-- CreateTable
CREATE TABLE "console_asks" (
    "id" TEXT NOT NULL,
    "vm_id" TEXT NOT NULL,
    "jti" TEXT NOT NULL,
    "holder_id" TEXT NOT NULL,
    "asker_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'asked',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "console_asks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "console_asks_vm_id_asker_id_created_at_idx" ON "console_asks"("vm_id", "asker_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "console_asks_jti_idx" ON "console_asks"("jti");

ALTER TABLE vnc_access_tokens
  ADD CONSTRAINT vnc_access_tokens_mode_known CHECK (mode IN ('control', 'watch')),
  ADD CONSTRAINT vnc_access_tokens_watch_whole CHECK (mode = 'watch' OR (watched_jti IS NULL AND NOT observes)),
  ADD CONSTRAINT vnc_access_tokens_superseded_whole CHECK (superseded_as IN ('taken_over', 'handed_over')
    AND (superseded_at IS NULL) = (superseded_as IS NULL));
ALTER TABLE console_grants ALTER COLUMN covers SET NOT NULL,
  ADD CONSTRAINT console_grants_covers_known CHECK (covers <@ ARRAY['console', 'restart'] AND 'console' = ANY (covers));
ALTER TABLE console_asks
  ADD CONSTRAINT console_asks_status_known CHECK (status IN ('asked', 'granted', 'declined', 'expired')),
  ADD CONSTRAINT console_asks_answer_whole CHECK ((status IN ('granted', 'declined')) = (answered_at IS NOT NULL)),
  ADD CONSTRAINT console_asks_of_another CHECK (asker_id <> holder_id);
CREATE UNIQUE INDEX console_asks_one_open ON console_asks (jti, asker_id) WHERE status = 'asked';
CREATE INDEX console_asks_open ON console_asks (expires_at) WHERE status = 'asked';

-- Of sessions that shared a console, the latest has it.
UPDATE vnc_access_tokens t SET superseded_at = now(), superseded_as = 'taken_over'
  WHERE t.used_at IS NOT NULL AND t.closed_at IS NULL AND EXISTS (SELECT FROM vnc_access_tokens n
    WHERE n.vm_id = t.vm_id AND n.console_type = t.console_type AND n.closed_at IS NULL
      AND (n.used_at, n.id) > (t.used_at, t.id));
-- One person at a time has the keys; others watch.
CREATE UNIQUE INDEX vnc_access_tokens_one_control ON vnc_access_tokens (vm_id, console_type)
  WHERE mode = 'control' AND used_at IS NOT NULL AND closed_at IS NULL AND superseded_at IS NULL;
CREATE INDEX vnc_access_tokens_open ON vnc_access_tokens (used_at DESC, jti DESC)
  WHERE used_at IS NOT NULL AND closed_at IS NULL;

-- The process that carries the session cuts it.
CREATE TRIGGER vnc_access_tokens_announce_superseded AFTER UPDATE OF superseded_at ON vnc_access_tokens
  FOR EACH ROW WHEN (NEW.superseded_at IS NOT NULL AND OLD.superseded_at IS NULL)
  EXECUTE FUNCTION announce_console_end();

-- Who is connected, watches or asks hears of the others at once; pages about the VM hear that it changed.
CREATE FUNCTION announce_console_vm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('vm', NEW.vm_id,
    (SELECT s.system_id FROM vms v JOIN services s ON s.id = v.service_id WHERE v.id = NEW.vm_id), NULL);
  PERFORM announce('console', NEW.vm_id, NULL, concerned.user_id) FROM (
    SELECT t.user_id FROM vnc_access_tokens t
      WHERE t.vm_id = NEW.vm_id AND t.used_at IS NOT NULL AND (t.closed_at IS NULL OR t.jti = NEW.jti)
    UNION SELECT unnest(ARRAY[a.asker_id, a.holder_id]) FROM console_asks a WHERE a.vm_id = NEW.vm_id AND a.jti = NEW.jti
  ) concerned;
  RETURN NULL;
END $$;
CREATE TRIGGER vnc_access_tokens_announce_vm AFTER UPDATE ON vnc_access_tokens FOR EACH ROW
  WHEN ((OLD.used_at, OLD.closed_at, OLD.superseded_at, OLD.revoked_at)
    IS DISTINCT FROM (NEW.used_at, NEW.closed_at, NEW.superseded_at, NEW.revoked_at))
  EXECUTE FUNCTION announce_console_vm();
CREATE TRIGGER console_asks_announce AFTER INSERT OR UPDATE ON console_asks
  FOR EACH ROW EXECUTE FUNCTION announce_console_vm();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE ON console_asks TO shepherd_web;
END $$;
