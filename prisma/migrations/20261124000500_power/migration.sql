-- CreateTable
CREATE TABLE "power_calls" (
    "event_id" TEXT NOT NULL,
    "called_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "power_calls_pkey" PRIMARY KEY ("event_id")
);

-- The web process forgets the call of what a forced stop overtakes; only the worker notes one.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, DELETE ON power_calls TO shepherd_web;
END $$;
