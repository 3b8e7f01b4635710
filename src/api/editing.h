// Who else is at the same thing just now: of everything several people may change by the lines of edited_things(),
// and of every other record by its kind. Whoever may read a thing says that they are at it and hears who else
// is; everybody else gets the answer of a thing that is not there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"

namespace guanhu::api {

// A thing as it is found for who asks.
struct EditedNow {
  std::string id;            // always written the same way: "7", not "007"
  int64_t version = 0;       // that is there now; 0: it counts none
  std::string changed_by{};  // login; "" when the thing does not keep it
};

struct EditedThing {
  std::string kind;   // "team"; "customer.need": a part of a thing that has a form of its own
  std::string reads;  // GET endpoint that shows it, "/teams/{id}": its permission is asked
  // The thing when it reaches the asker. `call` has the scope of that permission, and the id as the path part that
  // `reads` names ("id" when it names none).
  std::optional<EditedNow> (*find)(Services&, const Call& call);
  std::string only = {};  // the one id there is: "calendar" of kind "setting"; "": find says
  // Where presence is kept elsewhere as well; nothing: by the module records.
  std::vector<records::Editor> (*meet)(Services&, const Call& call) = nullptr;
};
const std::vector<EditedThing>& edited_things();

// /records/{kind}/{id}/editing; part of record_endpoints().
Table editing_endpoints();

}  // namespace guanhu::api
