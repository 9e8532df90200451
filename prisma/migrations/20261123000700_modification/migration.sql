-- What machines were, what the cluster has of them, and the changes on their way there.
CREATE TABLE "vm_revisions" (
    "id" TEXT NOT NULL,
    "vm_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "spec_snapshot" BYTEA NOT NULL,
    "diff" JSONB NOT NULL DEFAULT '[]',
    "change_reason" TEXT NOT NULL,
    "ticket_id" TEXT,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_revisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vm_live_specs" (
    "vm_id" TEXT NOT NULL,
    "resource_version" TEXT NOT NULL,
    "generation" BIGINT NOT NULL DEFAULT 0,
    "facts" JSONB NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "drift" JSONB,
    "drift_since" TIMESTAMPTZ(3),

    CONSTRAINT "vm_live_specs_pkey" PRIMARY KEY ("vm_id")
);

-- CreateTable
CREATE TABLE "vm_modifications" (
    "event_id" TEXT NOT NULL,
    "vm_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "wish" JSONB NOT NULL,
    "base" JSONB,
    "applied" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_modifications_pkey" PRIMARY KEY ("event_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "vm_revisions_vm_id_revision_key" ON "vm_revisions"("vm_id", "revision");

-- CreateIndex
CREATE INDEX "vm_modifications_vm_id_idx" ON "vm_modifications"("vm_id");

-- AddForeignKey
ALTER TABLE "vm_revisions" ADD CONSTRAINT "vm_revisions_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm_live_specs" ADD CONSTRAINT "vm_live_specs_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm_modifications" ADD CONSTRAINT "vm_modifications_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE vm_revisions
  ADD CONSTRAINT vm_revisions_kind_known CHECK (kind IN ('created', 'adopted', 'imported', 'modified', 'accepted')),
  ADD CONSTRAINT vm_revisions_counted CHECK (revision >= 1);
ALTER TABLE vm_live_specs
  ADD CONSTRAINT vm_live_specs_drift_dated CHECK ((drift IS NULL) = (drift_since IS NULL));

-- Whoever looks at a machine sees that somebody has changed it elsewhere.
CREATE FUNCTION announce_drift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('vm', NEW.vm_id,
    (SELECT s.system_id FROM vms v JOIN services s ON s.id = v.service_id WHERE v.id = NEW.vm_id), NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER vm_live_specs_announce AFTER UPDATE ON vm_live_specs FOR EACH ROW
  WHEN (OLD.drift IS DISTINCT FROM NEW.drift) EXECUTE FUNCTION announce_drift();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON vm_revisions, vm_live_specs, vm_modifications TO shepherd_web;
END $$;
