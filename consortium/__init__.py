from consortium.zones import use_shipped_zones

use_shipped_zones()
