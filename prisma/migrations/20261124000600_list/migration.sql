-- CreateTable
CREATE TABLE "vm_views" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL DEFAULT '',
    "sort" TEXT NOT NULL DEFAULT '-created',
    "columns" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "system_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_views_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "vm_views_owner_id_name_key" ON "vm_views"("owner_id", "name");

-- CreateIndex
CREATE INDEX "vm_views_system_id_idx" ON "vm_views"("system_id");

-- AddForeignKey
ALTER TABLE "vm_views" ADD CONSTRAINT "vm_views_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm_views" ADD CONSTRAINT "vm_views_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "systems"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE vm_views ADD CONSTRAINT vm_views_sound CHECK (char_length(name) BETWEEN 1 AND 60
  AND char_length(query) <= 500 AND sort ~ '^-?[a-z]{2,16}$' AND cardinality(columns) <= 20);

-- A page of the list by any column goes along the column's own index, with the id where values are alike.
DROP INDEX "vms_status_idx";

-- CreateIndex
CREATE INDEX "vms_status_id_idx" ON "vms"("status", "id");

-- CreateIndex
CREATE INDEX "vms_name_id_idx" ON "vms"("name", "id");

-- CreateIndex
CREATE INDEX "vms_cpu_cores_id_idx" ON "vms"("cpu_cores", "id");

-- CreateIndex
CREATE INDEX "vms_memory_gi_id_idx" ON "vms"("memory_gi", "id");

-- CreateIndex
CREATE INDEX "vms_disk_gb_id_idx" ON "vms"("disk_gb", "id");

-- CreateIndex
CREATE INDEX "vms_status_since_id_idx" ON "vms"("status_since", "id");

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON vm_views TO shepherd_web;
END $$;
