-- What is seen of a machine from outside: its guest's own facts, its screen, its measurements, and who asks for them.
-- CreateTable
CREATE TABLE "vm_looks" (
    "vm_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "vm_looks_pkey" PRIMARY KEY ("vm_id","kind")
);

-- CreateTable
CREATE TABLE "vm_guest_facts" (
    "vm_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "message" TEXT,
    "facts" JSONB,
    "facts_at" TIMESTAMPTZ(3),
    "observed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_guest_facts_pkey" PRIMARY KEY ("vm_id")
);

-- CreateTable
CREATE TABLE "vm_thumbnails" (
    "vm_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "message" TEXT,
    "png" BYTEA,
    "width" INTEGER,
    "height" INTEGER,
    "hash" TEXT,
    "vmi_uid" TEXT,
    "taken_at" TIMESTAMPTZ(3),
    "observed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_thumbnails_pkey" PRIMARY KEY ("vm_id")
);

-- CreateTable
CREATE TABLE "vm_metrics" (
    "vm_id" TEXT NOT NULL,
    "range" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "source" TEXT,
    "message" TEXT,
    "series" JSONB,
    "observed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_metrics_pkey" PRIMARY KEY ("vm_id","range")
);

-- CreateTable
CREATE TABLE "cluster_metrics_sources" (
    "cluster_id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "ca_certificate" TEXT,
    "has_token" BOOLEAN NOT NULL DEFAULT false,
    "token_envelope" JSONB,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_metrics_sources_pkey" PRIMARY KEY ("cluster_id")
);

-- CreateIndex
CREATE INDEX "vm_thumbnails_observed_at_idx" ON "vm_thumbnails"("observed_at");

-- AddForeignKey
ALTER TABLE "vm_looks" ADD CONSTRAINT "vm_looks_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm_guest_facts" ADD CONSTRAINT "vm_guest_facts_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm_thumbnails" ADD CONSTRAINT "vm_thumbnails_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm_metrics" ADD CONSTRAINT "vm_metrics_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_metrics_sources" ADD CONSTRAINT "cluster_metrics_sources_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE vm_looks ADD CONSTRAINT vm_looks_kind_known
  CHECK (kind IN ('guest', 'screen', 'metrics_1h', 'metrics_6h', 'metrics_24h', 'metrics_7d'));
ALTER TABLE vm_guest_facts
  ADD CONSTRAINT vm_guest_facts_state_known
    CHECK (state IN ('connected', 'absent', 'stopped', 'denied', 'unreachable')),
  ADD CONSTRAINT vm_guest_facts_dated CHECK ((facts IS NULL) = (facts_at IS NULL));
ALTER TABLE vm_thumbnails
  ADD CONSTRAINT vm_thumbnails_state_known
    CHECK (state IN ('shown', 'no_screen', 'stopped', 'denied', 'unreachable', 'refused')),
  ADD CONSTRAINT vm_thumbnails_small CHECK (octet_length(png) <= 2097152),
  ADD CONSTRAINT vm_thumbnails_whole CHECK (state <> 'shown' OR (png IS NOT NULL AND width IS NOT NULL
    AND height IS NOT NULL AND hash IS NOT NULL AND taken_at IS NOT NULL));
ALTER TABLE vm_metrics
  ADD CONSTRAINT vm_metrics_range_known CHECK (range IN ('1h', '6h', '24h', '7d')),
  ADD CONSTRAINT vm_metrics_state_known
    CHECK (state IN ('measured', 'empty', 'none', 'stopped', 'denied', 'unreachable')),
  ADD CONSTRAINT vm_metrics_source_known CHECK (source IN ('prometheus', 'metrics_api'));
ALTER TABLE cluster_metrics_sources
  ADD CONSTRAINT cluster_metrics_sources_secure CHECK (address ~* '^https://'),
  ADD CONSTRAINT cluster_metrics_sources_token_known CHECK (has_token = (token_envelope IS NOT NULL));

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE ON vm_looks TO shepherd_web;
  GRANT SELECT ON vm_guest_facts, vm_thumbnails, vm_metrics TO shepherd_web;
  GRANT SELECT (cluster_id, address, ca_certificate, has_token, updated_by, updated_at),
    INSERT, UPDATE, DELETE ON cluster_metrics_sources TO shepherd_web;
END $$;
