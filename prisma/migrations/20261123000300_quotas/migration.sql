-- CreateTable
CREATE TABLE "quotas" (
    "system_id" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "vms" INTEGER,
    "cpu_cores" DECIMAL(10,1),
    "memory_gi" DECIMAL(12,3),
    "disk_gb" INTEGER,
    "gpus" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "quotas_pkey" PRIMARY KEY ("system_id","environment")
);

-- CreateTable
CREATE TABLE "quota_usages" (
    "system_id" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "used_vms" INTEGER NOT NULL DEFAULT 0,
    "used_cpu_cores" DECIMAL(12,1) NOT NULL DEFAULT 0,
    "used_memory_gi" DECIMAL(14,3) NOT NULL DEFAULT 0,
    "used_disk_gb" INTEGER NOT NULL DEFAULT 0,
    "used_gpus" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "quota_usages_pkey" PRIMARY KEY ("system_id","environment")
);

-- CreateTable
CREATE TABLE "reservations" (
    "id" TEXT NOT NULL,
    "ticket_id" TEXT,
    "vm_id" TEXT,
    "system_id" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "cluster_id" TEXT,
    "vms" INTEGER NOT NULL,
    "cpu_cores" DECIMAL(10,1) NOT NULL,
    "memory_gi" DECIMAL(12,3) NOT NULL,
    "disk_gb" INTEGER NOT NULL,
    "gpus" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'HELD',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "reservations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_windows" (
    "id" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "weekdays" INTEGER[],
    "starts_at" TEXT NOT NULL,
    "duration_minutes" INTEGER NOT NULL,
    "time_zone" TEXT NOT NULL,
    "operations" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_windows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_freezes" (
    "id" TEXT NOT NULL,
    "environment" TEXT,
    "reason" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "operations" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_freezes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_feeds" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_read_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feeds_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reservations_ticket_id_key" ON "reservations"("ticket_id");

-- CreateIndex
CREATE INDEX "reservations_system_id_environment_state_idx" ON "reservations"("system_id", "environment", "state");

-- CreateIndex
CREATE INDEX "reservations_vm_id_idx" ON "reservations"("vm_id");

-- CreateIndex
CREATE UNIQUE INDEX "change_windows_environment_name_key" ON "change_windows"("environment", "name");

-- CreateIndex
CREATE INDEX "change_freezes_ends_at_idx" ON "change_freezes"("ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feeds_token_hash_key" ON "calendar_feeds"("token_hash");

-- CreateIndex
CREATE INDEX "calendar_feeds_user_id_idx" ON "calendar_feeds"("user_id");

-- AddForeignKey
ALTER TABLE "quotas" ADD CONSTRAINT "quotas_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "systems"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota_usages" ADD CONSTRAINT "quota_usages_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "systems"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "systems"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE quotas ADD CONSTRAINT quotas_not_negative
  CHECK (vms >= 0 AND cpu_cores >= 0 AND memory_gi >= 0 AND disk_gb >= 0 AND gpus >= 0);
ALTER TABLE quota_usages ADD CONSTRAINT quota_usages_not_negative CHECK (used_vms >= 0 AND used_cpu_cores >= 0
  AND used_memory_gi >= 0 AND used_disk_gb >= 0 AND used_gpus >= 0);
ALTER TABLE reservations
  ADD CONSTRAINT reservations_state_known CHECK (state IN ('HELD', 'KEPT', 'RELEASED')),
  ADD CONSTRAINT reservations_not_negative
    CHECK (vms >= 0 AND cpu_cores >= 0 AND memory_gi >= 0 AND disk_gb >= 0 AND gpus >= 0),
  ADD CONSTRAINT reservations_of_something CHECK (ticket_id IS NOT NULL OR vm_id IS NOT NULL),
  ADD CONSTRAINT reservations_kept_for_machine CHECK (state <> 'KEPT' OR vm_id IS NOT NULL),
  ADD CONSTRAINT reservations_released_at_known CHECK ((state = 'RELEASED') = (released_at IS NOT NULL));
CREATE UNIQUE INDEX reservations_one_kept ON reservations (vm_id) WHERE state = 'KEPT';
CREATE INDEX reservations_held ON reservations (environment, cluster_id) WHERE state = 'HELD';

ALTER TABLE change_windows
  ADD CONSTRAINT change_windows_weekdays_known
    CHECK (cardinality(weekdays) BETWEEN 1 AND 7 AND weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]),
  ADD CONSTRAINT change_windows_start_is_time CHECK (starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ADD CONSTRAINT change_windows_duration_bounded CHECK (duration_minutes BETWEEN 5 AND 10080);
ALTER TABLE change_freezes ADD CONSTRAINT change_freezes_in_order CHECK (starts_at < ends_at);
CREATE UNIQUE INDEX calendar_feeds_one_open ON calendar_feeds (user_id) WHERE revoked_at IS NULL;

-- The counters are the open reservations' sum, whoever writes them.
CREATE FUNCTION count_reservation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.state <> 'RELEASED' THEN
    UPDATE quota_usages SET used_vms = used_vms - OLD.vms, used_cpu_cores = used_cpu_cores - OLD.cpu_cores,
      used_memory_gi = used_memory_gi - OLD.memory_gi, used_disk_gb = used_disk_gb - OLD.disk_gb,
      used_gpus = used_gpus - OLD.gpus
    WHERE system_id = OLD.system_id AND environment = OLD.environment;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.state <> 'RELEASED' THEN
    INSERT INTO quota_usages AS u (system_id, environment, used_vms, used_cpu_cores, used_memory_gi, used_disk_gb, used_gpus)
    VALUES (NEW.system_id, NEW.environment, NEW.vms, NEW.cpu_cores, NEW.memory_gi, NEW.disk_gb, NEW.gpus)
    ON CONFLICT (system_id, environment) DO UPDATE SET used_vms = u.used_vms + EXCLUDED.used_vms,
      used_cpu_cores = u.used_cpu_cores + EXCLUDED.used_cpu_cores,
      used_memory_gi = u.used_memory_gi + EXCLUDED.used_memory_gi,
      used_disk_gb = u.used_disk_gb + EXCLUDED.used_disk_gb, used_gpus = u.used_gpus + EXCLUDED.used_gpus;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER reservations_count_rows AFTER INSERT OR DELETE ON reservations
  FOR EACH ROW EXECUTE FUNCTION count_reservation();
CREATE TRIGGER reservations_count_changes AFTER UPDATE ON reservations FOR EACH ROW
  WHEN ((OLD.state = 'RELEASED', OLD.system_id, OLD.environment, OLD.vms, OLD.cpu_cores, OLD.memory_gi, OLD.disk_gb, OLD.gpus)
    IS DISTINCT FROM (NEW.state = 'RELEASED', NEW.system_id, NEW.environment, NEW.vms, NEW.cpu_cores, NEW.memory_gi,
      NEW.disk_gb, NEW.gpus))
  EXECUTE FUNCTION count_reservation();

-- A machine's row leaves when its cluster no longer has it, and its room becomes free in the same moment.
CREATE FUNCTION release_reservations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE reservations SET state = 'RELEASED', released_at = now() WHERE vm_id = OLD.id AND state <> 'RELEASED';
  RETURN NULL;
END $$;
CREATE TRIGGER vms_release_reservations AFTER DELETE ON vms
  FOR EACH ROW EXECUTE FUNCTION release_reservations();

-- Whoever turns a request down, and wherever it fails, nobody has to remember the room it held.
CREATE FUNCTION release_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE reservations SET state = 'RELEASED', released_at = now() WHERE ticket_id = NEW.id AND state = 'HELD';
  RETURN NULL;
END $$;
CREATE TRIGGER approval_tickets_release_held AFTER UPDATE OF status ON approval_tickets FOR EACH ROW
  WHEN (NEW.status IN ('REJECTED', 'CANCELLED', 'FAILED') AND OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION release_held();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON quotas, quota_usages, reservations, change_windows, change_freezes,
    calendar_feeds TO shepherd_web;
END $$;
