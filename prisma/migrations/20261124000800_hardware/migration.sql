-- What the cluster has of a machine's disks and interfaces, read together with its settings.
ALTER TABLE "vm_live_specs" ADD COLUMN     "hardware" JSONB;

-- Whoever looks at a machine's disks sees that one has grown.
DROP TRIGGER vm_live_specs_announce ON vm_live_specs;
CREATE TRIGGER vm_live_specs_announce AFTER UPDATE ON vm_live_specs FOR EACH ROW
  WHEN (OLD.drift IS DISTINCT FROM NEW.drift OR OLD.hardware IS DISTINCT FROM NEW.hardware)
  EXECUTE FUNCTION announce_drift();
