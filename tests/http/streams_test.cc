#include "raw.h"
