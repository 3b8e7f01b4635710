// Shapes of what happens to runs: their life, published results, disputes, differences, receipts.
#include "api/shapes.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

SchemaRef number_or_null() { return nullable(integer()); }
SchemaRef place() { return nullable(object({{"place", integer()}, {"of", integer()}})); }
SchemaRef was_would(const SchemaRef& of) { return object({{"was", of}, {"would", of}}); }
SchemaRef lines() {
  return list(object({{"what", described(text(), "figures.NAME, scores.NAME, total, grade")},
                      {"counted", any()},
                      {"now", any()},
                      {"difference", described(amount(), "null where it is no number")}}));
}
SchemaRef rank_effect() {
  return optional(object({{"branch", was_would(place())}, {"bank", was_would(place())}}), {"branch", "bank"});
}

SchemaRef names() { return described(map(text()), "of the logins, staff and organisations mentioned"); }

void life_shapes(Schemas& out) {
  SchemaRef signature = nullable(object({{"at", moment()}, {"by", text()}}));
  out["RunLife"] =
      object({{"run", integer()},
              {"scheme", text()},
              {"period", text()},
              {"state", choice({"draft", "published", "disputed", "sealed"})},
              {"run_hash", text()},
              {"pack_hash", text()},
              {"known_at", described(nullable(moment()), "from publishing on: what the figures rest on")},
              {"maker", maybe_text()},
              {"policy", described(maybe_text(), "where the days come from")},
              {"corrects", number_or_null()},
              {"superseded_by", number_or_null()},
              {"published", signature},
              {"notice_until", nullable(date())},
              {"appeal_until", nullable(date())},
              {"proposed", signature},
              {"sealed", signature},
              {"root", described(maybe_text(), "of the tree over all statements")},
              {"leaves", integer()},
              {"open_disputes", integer()},
              {"sealable", object({{"ok", boolean()}, {"code", maybe_text()}, {"message", maybe_text()}})},
              {"steps", list(object({{"at", moment()},
                                     {"actor", text()},
                                     {"what", choice({"publish", "supersede", "dispute", "review", "withdraw",
                                                      "decide", "correct", "propose", "seal", "difference"})},
                                     {"reason", text()},
                                     {"detail", map(any())}}))},
              {"corrections", list(object({{"holder", text()},
                                           {"figure", text()},
                                           {"was", amount()},
                                           {"value", decimal()},
                                           {"dispute", integer()}}))},
              {"names", names()}});
  out["SealVerdict"] = object(
      {{"run", integer()},
       {"root", text()},
       {"statements", integer()},
       {"sound", described(boolean(), "what is kept holds together")},
       {"rerun", described(choice({"same", "differs", "impossible", "skipped"}), "made again, it is the same")},
       {"good", boolean()},
       {"faults", list(text())}});
}

void dispute_shapes(Schemas& out) {
  out["Effect"] = object(
      {{"figure", nullable(object({{"name", text()}, {"unit", text()}, {"was", amount()}, {"would", amount()}}))},
       {"changed",
        list(object(
            {{"kind", choice({"figure", "score"})}, {"name", text()}, {"was", amount()}, {"would", amount()}}))},
       {"total", was_would(amount())},
       {"grade", was_would(maybe_text())},
       {"rank", rank_effect()},
       {"others", optional(object({{"changed", integer()},
                                   {"up", integer()},
                                   {"down", integer()},
                                   {"items", described(list(object({{"id", text()},
                                                                    {"name", text()},
                                                                    {"total", was_would(amount())},
                                                                    {"grade", was_would(maybe_text())},
                                                                    {"rank", rank_effect()}})),
                                                       "at most 50; only for those who see the whole bank")}}),
                           {"items"})}});
  out["Dispute"] =
      object({{"id", integer()},
              {"run", integer()},
              {"scheme", text()},
              {"title", text()},
              {"period", text()},
              {"stage", described(integer(), "1 申诉, 2 复议")},
              {"earlier", number_or_null()},
              {"later", number_or_null()},
              {"holder", text()},
              {"name", text()},
              {"figure", text()},
              {"was", amount()},
              {"claimed", decimal()},
              {"granted", amount()},
              {"reason", text()},
              {"documents", list(object({{"title", text()}, {"reference", text()}}))},
              {"state", choice({"open", "upheld", "adjusted", "rejected", "withdrawn"})},
              {"overdue", boolean()},
              {"filed_at", moment()},
              {"filed_by", text()},
              {"answer_until", date()},
              {"decided_at", nullable(moment())},
              {"decided_by", maybe_text()},
              {"decision", maybe_text()},
              {"review_until", described(nullable(date()), "until when a rejected one may be brought once more")},
              {"corrected_run", described(number_or_null(), "the draft that has what was granted")},
              {"effect", ref("Effect")},
              {"granted_effect", described(nullable(ref("Effect")), "of an adjusted one")},
              {"names", names()}});
}

void result_shapes(Schemas& out) {
  Members result = {{"run", integer()},
                    {"scheme", text()},
                    {"title", text()},
                    {"period", text()},
                    {"state", choice({"published", "disputed", "sealed"})},
                    {"holder", text()},
                    {"name", text()},
                    {"org", text()},
                    {"total", amount()},
                    {"grade", maybe_text()},
                    {"rank", object({{"branch", place()}, {"bank", place()}})},
                    {"published_at", moment()},
                    {"notice_until", nullable(date())},
                    {"appeal_until", nullable(date())},
                    {"sealed_at", nullable(moment())},
                    {"open_disputes", described(integer(), "of this holder")},
                    {"received_at", described(nullable(moment()), "when the holder first opened the statement")}};
  out["Result"] = object(result);
  for (auto& member : Members{
           {"superseded_by", number_or_null()},
           {"total_reason", text()},
           {"figures", list(object({{"name", text()}, {"value", any()}, {"unit", text()}, {"reason", text()}}))},
           {"scores", list(object({{"name", text()}, {"value", any()}, {"reason", text()}}))},
           {"may_dispute", object({{"ok", boolean()}, {"code", maybe_text()}})},
           {"corrections",
            list(object({{"figure", text()}, {"was", amount()}, {"value", decimal()}, {"dispute", integer()}}))},
           {"carried", list(object({{"statement", integer()}, {"period", text()}, {"lines", lines()}}))},
           {"disputes", list(ref("Dispute"))}})
    result.push_back(member);
  out["ResultDetail"] = object(std::move(result));
  out["Receipt"] = object({{"kind", choice({"guanhu.receipt"})},
                           {"version", integer()},
                           {"run", integer()},
                           {"scheme", text()},
                           {"period", text()},
                           {"holder", text()},
                           {"sealed_at", moment()},
                           {"index", integer()},
                           {"of", integer()},
                           {"text", described(text(1'000'000), "what was hashed: one line a value")},
                           {"leaf", text()},
                           {"path", list(object({{"side", choice({"left", "right"})}, {"hash", text()}}))},
                           {"root", text()}});
}

void difference_shapes(Schemas& out) {
  Members difference = {{"id", integer()},
                        {"sealed_run", integer()},
                        {"counted_run", described(integer(),
                                                  "what counted already: the seal, or the run behind the "
                                                  "statement before")},
                        {"later_run", integer()},
                        {"scheme", text()},
                        {"period", text()},
                        {"into_period", text()},
                        {"made_at", moment()},
                        {"made_by", text()},
                        {"reason", text()},
                        {"holders", described(integer(), "whose figures differ")}};
  out["Difference"] = object(difference);
  difference.push_back({"items", list(object({{"holder", text()}, {"lines", lines()}}))});
  difference.push_back({"names", names()});
  out["DifferenceDetail"] = object(std::move(difference));
}

}  // namespace

void run_life_shapes(Schemas& out) {
  life_shapes(out);
  dispute_shapes(out);
  result_shapes(out);
  difference_shapes(out);
}

}  // namespace guanhu::api
