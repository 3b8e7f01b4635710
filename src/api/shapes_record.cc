// Versions of what people write, search, files.
#include "api/desk.h"
#include "api/shapes.h"

namespace guanhu::api {

void record_shapes(Schemas& out) {
  out["WrittenRecord"] = record_shape({{"body", any()}});
  out["RecordVersion"] = object({{"version", integer()},
                                 {"at", moment()},
                                 {"by", described(text(), "login")},
                                 {"action", text()},
                                 {"why", text()},
                                 {"state", text()},
                                 {"title", text()},
                                 {"body", any()},
                                 {"removed", boolean()}});
  out["RecordEditing"] =
      object({{"version", described(integer(), "that is there now")},
              {"changed_by", described(text(), "login of who wrote it")},
              {"others", list(object({{"login", text()}, {"name", text()}, {"since", moment()}}))}});
  out["RecordFile"] = object({{"digest", described(text(), "SHA-256 of the bytes, hex")},
                              {"name", text()},
                              {"type", text()},
                              {"size", integer()},
                              {"at", moment()},
                              {"by", text()}});
  out["WrittenHit"] =
      record_shape({{"kind_title", text()}, {"page", described(text(), "of the client")}, {"excerpt", text()}});
}

}  // namespace guanhu::api
