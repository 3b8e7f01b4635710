// Shapes of grades, pay and risk deposits.
#include "api/people_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

SchemaRef inputs() {
  return list(object({{"name", text()}, {"value", any()}, {"source", open(object({{"kind", text()}}))}}));
}
SchemaRef cites() { return list(ref("DecisionCite")); }
SchemaRef error() { return nullable(open(object({{"code", text()}, {"message", text()}, {"where", text()}}))); }
SchemaRef texts() { return list(text()); }

using Members = std::vector<std::pair<std::string, SchemaRef>>;

Members totals() {
  return {{"earnings", decimal()}, {"deductions", decimal()}, {"deposit", decimal()}, {"net", decimal()}};
}

Members joined(Members all, const Members& more) {
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

void grade_shapes(Schemas& out) {
  out["GradePlan"] = object({{"pack", text()},
                             {"title", text()},
                             {"scale", described(texts(), "from low to high")},
                             {"trainees", texts()},
                             {"none", described(text(), "what no grade is called")},
                             {"bodies", list(object({{"changes", described(texts(), "empty: any")},
                                                     {"grades", texts()},
                                                     {"body", text()},
                                                     {"roles", texts()}}))}});
  Members holder = {
      {"staff", text()},    {"name", text()},
      {"org", text()},      {"org_name", text()},
      {"branch", text()},   {"branch_name", text()},
      {"grade", text()},    {"from", nullable(date())},
      {"steps", integer()}, {"proposal", described(nullable(integer()), "that waits for a decision")}};
  out["GradeHolder"] = object(holder);
  out["GradeFile"] =
      object(joined(holder, {{"history", list(ref("GradeStep"))},
                             {"qualifications", list(ref("PeopleFact"))},
                             {"proposals", list(ref("GradeProposal"))},
                             {"appeals", list(ref("GradeAppeal"))},
                             {"pack", text()},
                             {"title", text()},
                             {"lends", described(boolean(), "the pack says what a grade may lend")}}));
  out["GradeStep"] = object({{"id", integer()},
                             {"grade", text()},
                             {"from", date()},
                             {"reason", text()},
                             {"document", text()},
                             {"body", described(text(), "the authority that decided")},
                             {"proposal", integer()},
                             {"corrects", nullable(integer())},
                             {"corrected_by", described(nullable(integer()), "then it counts no more")},
                             {"decided_at", moment()},
                             {"decided_by", text()},
                             {"proposed_by", text()}});
}

void proposal_shapes(Schemas& out) {
  out["GradeProposal"] =
      object({{"id", integer()},
              {"batch", integer()},
              {"pack", text()},
              {"staff", text()},
              {"name", text()},
              {"org", text()},
              {"branch", text()},
              {"was", text()},
              {"becomes", text()},
              {"change", described(text(), "in the pack's words")},
              {"from", date()},
              {"state", described(choice({"listed", "waiting", "proposed", "accepted", "rejected", "superseded"}),
                                  "listed: nothing to decide; waiting: something is missing")},
              {"body", text()},
              {"roles", texts()},
              {"basis", texts()},
              {"decision", described(maybe_text(), "null: by hand")},
              {"result", any()},
              {"cites", cites()},
              {"inputs", inputs()},
              {"error", error()},
              {"reason", text()},
              {"document", text()},
              {"corrects", nullable(integer())},
              {"made_at", moment()},
              {"made_by", text()},
              {"decided_at", nullable(moment())},
              {"decided_by", maybe_text()},
              {"decided_why", maybe_text()},
              {"decided_document", maybe_text()},
              {"appeal_until", nullable(date())}});
  out["GradeAppeal"] = object({{"id", integer()},
                               {"proposal", integer()},
                               {"staff", text()},
                               {"reason", text()},
                               {"filed_at", moment()},
                               {"filed_by", text()},
                               {"state", choice({"open", "upheld", "rejected"})},
                               {"grade", maybe_text()},
                               {"decided_at", nullable(moment())},
                               {"decided_by", maybe_text()},
                               {"decision", maybe_text()}});
  out["GradeBatch"] = object({{"batch", integer()},
                              {"people", integer()},
                              {"proposed", integer()},
                              {"listed", integer()},
                              {"waiting", integer()}});
  out["GradeAuthority"] = object({{"grade", text()},
                                  {"amount", decimal()},
                                  {"decision", text()},
                                  {"result", any()},
                                  {"cites", cites()},
                                  {"inputs", inputs()}});
}

void fact_shapes(Schemas& out) {
  out["PeopleFact"] = object({{"id", integer()},
                              {"of", choice({"staff", "org", "bank"})},
                              {"subject", described(text(), "empty of the bank")},
                              {"kind", text()},
                              {"name", text()},
                              {"value", any()},
                              {"from", date()},
                              {"to", nullable(date())},
                              {"document", text()},
                              {"reason", text()},
                              {"at", moment()},
                              {"by", text()},
                              {"withdrawn_at", nullable(moment())},
                              {"withdrawn_by", maybe_text()},
                              {"withdrawn_why", maybe_text()}});
  out["JointWork"] = object({{"id", integer()},
                             {"pack", text()},
                             {"line", text()},
                             {"title", text()},
                             {"document", text()},
                             {"on", date()},
                             {"input", any()},
                             {"shares", list(object({{"staff", text()}, {"weight", decimal()}}))},
                             {"at", moment()},
                             {"by", text()},
                             {"withdrawn_at", nullable(moment())},
                             {"withdrawn_by", maybe_text()},
                             {"withdrawn_why", maybe_text()}});
}

SchemaRef kind_shape() { return choice({"应发", "扣款", "保证金", "列示"}); }
SchemaRef way_shape() { return choice({"本人", "按日", "合办", "分池", "更正"}); }

Members pay_head() {
  return {{"id", integer()},
          {"run", described(integer(), "the appraisal")},
          {"pack", text()},
          {"pack_hash", text()},
          {"title", text()},
          {"scheme", text()},
          {"period", text()},
          {"pay_on", date()},
          {"state", choice({"draft", "approved", "paid", "void"})},
          {"paid_at", nullable(moment())}};
}

Members posted_piece() {
  return {{"staff", text()},
          {"name", text()},
          {"corrects", described(integer(), "the earlier pay run")},
          {"period", text()},
          {"line", text()},
          {"kind", kind_shape()},
          {"was", described(decimal(), "paid then")},
          {"posted", described(decimal(), "made good by runs before this one")},
          {"now", described(decimal(), "what it ought to have been")},
          {"amount", described(decimal(), "made good by this run, in the line's own sense")},
          {"left", described(decimal(), "stays for a later run: pay does not go below zero")}};
}

void run_shapes(Schemas& out) {
  const SchemaRef kind = kind_shape(), way = way_shape();
  out["PayPlan"] = object({{"pack", text()},
                           {"title", text()},
                           {"hash", text()},
                           {"lines", list(object({{"line", text()},
                                                  {"kind", kind},
                                                  {"way", way},
                                                  {"decision", text()},
                                                  {"part", text()},
                                                  {"pool", text()}}))},
                           {"needs", described(list(object({{"line", text()},
                                                            {"decision", text()},
                                                            {"name", text()},
                                                            {"type", text()},
                                                            {"hint", text()},
                                                            {"optional", boolean()}})),
                                               "inputs that the run or a recorded fact must tell")}});
  const Members head = pay_head();
  Members run =
      joined(joined(head, {{"people", integer()},
                           {"open", described(integer(), "lines that could not be worked out, and problems")},
                           {"hash", text()}}),
             totals());
  run.push_back({"made_at", moment()});
  run.push_back({"made_by", text()});
  for (const char* name : {"approved_at", "approved_by", "approved_why", "paid_by", "paid_document", "void_at",
                           "void_by", "void_why"})
    run.push_back({name, maybe_text()});
  out["PayRun"] = object(run);
  out["PayRunWhole"] = object(joined(
      run, {{"lines", list(object({{"line", text()}, {"kind", kind}, {"amount", decimal()}}))},
            {"pools", list(object({{"line", text()},
                                   {"branch", described(text(), "empty: the whole bank")},
                                   {"amount", decimal()},
                                   {"paid", decimal()},
                                   {"people", integer()},
                                   {"answer", any()}}))},
            {"problems", list(object({{"code", text()}, {"message", text()}, {"where", text()}}))},
            {"notes", described(list(object({{"code", text()}, {"message", text()}, {"where", text()}})),
                                "earlier runs that could not be worked out again: not corrected yet")},
            {"untouched", described(integer(), "earlier runs that nothing touched since: not worked out again")},
            {"corrections", described(list(object(posted_piece())), "what it makes good of earlier runs")},
            {"whole", described(boolean(), "the slips are those that were worked out")}}));
}

void slip_shapes(Schemas& out) {
  const SchemaRef kind = kind_shape(), way = way_shape();
  const Members head = pay_head();
  out["SlipSummary"] = object(joined(joined({{"staff", text()},
                                             {"name", text()},
                                             {"org", text()},
                                             {"org_name", text()},
                                             {"branch", text()},
                                             {"branch_name", text()}},
                                            totals()),
                                     {{"open", integer()}}));
  out["SlipOf"] = object(joined(joined(head, {{"staff", text()}}), totals()));
  out["SlipLine"] = object({{"line", text()},
                            {"kind", kind},
                            {"way", way},
                            {"amount", decimal()},
                            {"decision", described(text(), "PACK/DECISION")},
                            {"part", text()},
                            {"result", any()},
                            {"cites", cites()},
                            {"inputs", inputs()},
                            {"parts", described(list(any()), "stretches of days, shares of work, of a pool")},
                            {"error", error()}});
  out["Payslip"] = object(
      joined(joined({{"run", object(head)},
                     {"staff", text()},
                     {"name", text()},
                     {"org", text()},
                     {"branch", text()},
                     {"days", described(integer(), "in post in the period")},
                     {"lines", list(ref("SlipLine"))}},
                    totals()),
             {{"problems", list(open(object({{"code", text()}, {"message", text()}})))}, {"org_name", text()}}));
}

void deposit_shapes(Schemas& out) {
  SchemaRef fund = choice({"deposit", "liability", "compensation"});
  out["DepositAccount"] = object({{"staff", text()},
                                  {"name", text()},
                                  {"fund", fund},
                                  {"fund_title", text()},
                                  {"balance", decimal()},
                                  {"withheld", decimal()},
                                  {"paid_in", decimal()},
                                  {"interest", decimal()},
                                  {"released", decimal()},
                                  {"drawn", decimal()},
                                  {"returned", decimal()},
                                  {"bookings", integer()},
                                  {"last_on", date()}});
  out["DepositBooking"] =
      object({{"id", integer()},
              {"kind", choice({"withheld", "paid_in", "interest", "released", "drawn", "returned", "reversal"})},
              {"kind_title", text()},
              {"on", date()},
              {"amount", described(decimal(), "what the balance changed by")},
              {"balance", decimal()},
              {"counter", described(text(), "the other side of the entry")},
              {"reason", text()},
              {"document", text()},
              {"pay_run", nullable(integer())},
              {"order", nullable(integer())},
              {"reverses", nullable(integer())},
              {"reversed_by", nullable(integer())},
              {"at", moment()},
              {"by", text()}});
  out["DepositStatement"] = object({{"staff", text()},
                                    {"name", text()},
                                    {"fund", fund},
                                    {"fund_title", text()},
                                    {"balance", decimal()},
                                    {"lots", described(list(object({{"booking", integer()},
                                                                    {"kind", text()},
                                                                    {"on", date()},
                                                                    {"amount", decimal()},
                                                                    {"left", decimal()}})),
                                                       "credits that are still there, oldest first")},
                                    {"bookings", list(ref("DepositBooking"))}});
}

void outlook_shapes(Schemas& out) {
  out["DepositBalance"] =
      object({{"funds", list(object({{"fund", choice({"deposit", "liability", "compensation"})},
                                     {"fund_title", text()},
                                     {"people", integer()},
                                     {"bookings", integer()},
                                     {"balance", described(decimal(), "of all accounts of people")},
                                     {"bank", list(object({{"account", text()}, {"amount", decimal()}}))},
                                     {"difference", described(decimal(), "0.00, or the ledger is broken")}}))},
              {"faults", described(texts(), "empty: every booking, entry and balance fits")}});
  out["ComingRelease"] = object({{"staff", text()},
                                 {"name", text()},
                                 {"booking", integer()},
                                 {"on", described(date(), "when it was withheld")},
                                 {"left", decimal()},
                                 {"due", decimal()},
                                 {"due_on", date()},
                                 {"decision", text()},
                                 {"cites", cites()}});
}

void compare_shapes(Schemas& out) {
  SchemaRef sums = object(totals());
  SchemaRef head =
      object({{"id", integer()}, {"period", text()}, {"state", text()}, {"people", integer()}, {"totals", sums}});
  SchemaRef person = object({{"staff", text()},
                             {"name", text()},
                             {"branch_name", text()},
                             {"here", boolean()},
                             {"was_here", boolean()},
                             {"now", decimal()},
                             {"before", decimal()},
                             {"change", decimal()},
                             {"lines", list(object({{"line", text()},
                                                    {"kind", kind_shape()},
                                                    {"now", decimal()},
                                                    {"before", decimal()},
                                                    {"change", decimal()}}))}});
  out["PayComparison"] =
      object({{"run", head},
              {"before", described(nullable(head), "the approved or paid run of the period before")},
              {"lines", list(object({{"line", text()},
                                     {"kind", kind_shape()},
                                     {"now", nullable(decimal())},
                                     {"before", nullable(decimal())}}))},
              {"branches", list(object({{"branch", text()},
                                        {"branch_name", text()},
                                        {"people", integer()},
                                        {"people_before", integer()},
                                        {"now", sums},
                                        {"before", sums}}))},
              {"people", described(list(person), "whose pay differs, the largest change first")}});
  SchemaRef corrected = object({{"staff", text()},
                                {"name", text()},
                                {"branch_name", text()},
                                {"change", described(decimal(), "of what is paid out, in all")},
                                {"due", described(decimal(), "of that not made good yet")},
                                {"made_good", list(object({{"pay_run", integer()}, {"net", decimal()}}))},
                                {"lines", list(object({{"line", text()},
                                                       {"kind", kind_shape()},
                                                       {"now", decimal()},
                                                       {"before", decimal()},
                                                       {"change", decimal()},
                                                       {"posted", decimal()},
                                                       {"due", decimal()}}))}});
  out["PayCorrections"] = object({{"run", head},
                                  {"appraisal", described(integer(), "the run whose figures count by now")},
                                  {"open", integer()},
                                  {"people", described(list(corrected), "the most due first")}});
}

void pay_handover_shapes(Schemas& out) {
  SchemaRef parts = list(object(
      {{"staff", text()}, {"name", text()}, {"share", described(integer(), "of 10,000")}, {"main", boolean()}}));
  out["PayHandover"] =
      object({{"id", text()},
              {"kind", choice({"account", "loan"})},
              {"object", described(text(), "the account or loan")},
              {"customer_id", text()},
              {"day", described(date(), "from this day on")},
              {"last", described(date(), "the last day of the period on which it stayed so")},
              {"giver", described(text(), "who has less of it since, or leads it no more")},
              {"taker", text()},
              {"before", parts},
              {"after", parts},
              {"balance", described(decimal(), "at the end of the day before")},
              {"effect", described(list(object({{"staff", text()}, {"name", text()}, {"daily", decimal()}})),
                                   "what came to each of the period's average daily balance, or went away")}});
  out["PayHandoverEffect"] = object(
      {{"items", described(integer(), "given back in thought")},
       {"left_out", described(texts(), "of which nobody held a part before: they cannot be given back whole")},
       {"people", list(object({{"staff", text()},
                               {"name", text()},
                               {"paid", described(decimal(), "earned less deducted, as it is")},
                               {"without", described(decimal(), "had the accounts stayed where they were")},
                               {"effect", described(decimal(), "paid less without")},
                               {"score", described(nullable(decimal()), "the same of the total score")}}))},
       {"sum", described(decimal(), "of the effects of all people")},
       {"notes", texts()}});
}

void order_shapes(Schemas& out) {
  SchemaRef fund = choice({"deposit", "liability", "compensation"});
  out["DepositOrder"] =
      object({{"id", integer()},
              {"kind", choice({"pay_in", "interest", "release", "draw", "return", "reverse"})},
              {"fund", fund},
              {"pack", text()},
              {"pack_hash", text()},
              {"on", date()},
              {"subject", text()},
              {"document", text()},
              {"reason", text()},
              {"amount", described(decimal(), "due in all")},
              {"basis", any()},
              {"lines", list(object({{"staff", text()},
                                     {"name", text()},
                                     {"role", text()},
                                     {"due", decimal()},
                                     {"booked", decimal()},
                                     {"short", described(decimal(), "due and not there: still owed")},
                                     {"share", text()},
                                     {"answers", list(any())},
                                     {"booking", nullable(integer())},
                                     {"reverses", nullable(integer())}}))},
              {"state", choice({"proposed", "booked", "rejected"})},
              {"made_at", moment()},
              {"made_by", text()},
              {"decided_at", nullable(moment())},
              {"decided_by", maybe_text()},
              {"decided_why", maybe_text()}});
}

}  // namespace

void pay_shapes(Schemas& out) {
  for (auto make :
       {grade_shapes, proposal_shapes, grade_record_shapes, grade_paper_shapes, fact_shapes, run_shapes,
        slip_shapes, deposit_shapes, order_shapes, outlook_shapes, compare_shapes, pay_handover_shapes})
    make(out);
}

}  // namespace guanhu::api
