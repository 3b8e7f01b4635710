#include "appraisal/pay_correct.h"

#include <algorithm>
#include <map>

#include "appraisal/deposit_ledger.h"
#include "appraisal/difference.h"
#include "appraisal/life_replay.h"
#include "appraisal/pay_compare.h"
#include "appraisal/pay_runs.h"
#include "appraisal/pay_touched.h"
#include "appraisal/people_of_run.h"
#include "appraisal/under_way.h"
#include "base/json_member.h"

namespace guanhu::appraisal {

namespace {

using base::Error;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;

const PayLine& line_of(PayKind kind) {
  static const std::vector<PayLine> lines = [] {
    std::vector<PayLine> out(3);
    out[0].name = kPaidLater, out[0].kind = PayKind::earning;
    out[1].name = kTakenBack, out[1].kind = PayKind::deduction;
    out[2].name = kDepositCorrected, out[2].kind = PayKind::deposit;
    for (PayLine& one : out) one.way = PayWay::correction;
    return out;
  }();
  return lines[kind == PayKind::earning ? 0 : kind == PayKind::deduction ? 1 : 2];
}

// The appraisal whose figures count now for what was paid by `run`: the one that took its place after a dispute;
// of a sealed one the last run behind a difference statement.
int64_t appraisal_now(store::Session& session, int64_t run) {
  auto life = life_of(session, run);
  while (life.ok() && life->superseded_by) {
    run = life->superseded_by;
    life = life_of(session, run);
  }
  for (const Difference& one : differences(session))  // newest first
    if (one.sealed_run == run) return one.later_run;
  return run;
}

const Json* line_named(const Json* slip, const std::string& name) {
  if (slip)
    for (const Json& one : list_in(*slip, "lines"))
      if (text_in(one, "line") == name) return &one;
  return nullptr;
}

Fen amount_of(const Json* line) { return line ? base::parse_fen(text_in(*line, "amount")).value() : 0; }

// What the decision is told otherwise than then; of a pool also the person's weight and the pool itself.
JsonArray causes_of(const Json* was, const Json* now) {
  JsonArray out;
  auto value_in = [](const Json* line, const std::string& name) -> const Json* {
    if (line)
      for (const Json& one : list_in(*line, "inputs"))
        if (text_in(one, "name") == name) return one.find("value");
    return nullptr;
  };
  for (const Json& one : now ? list_in(*now, "inputs") : JsonArray()) {
    const std::string name = text_in(one, "name");
    const Json* before = value_in(was, name);
    const Json* after = one.find("value");
    if (before && after && before->dump() == after->dump()) continue;
    const Json* source = one.find("source");
    out.push_back(JsonObject{{"name", name},
                             {"was", before ? *before : Json()},
                             {"now", after ? *after : Json()},
                             {"source", source ? *source : Json()}});
  }
  return out;
}

bool failed(const Json* line) {
  const Json* error = line ? line->find("error") : nullptr;
  return error && !error->is_null();
}

Json piece_json(const PayPiece& piece, int64_t appraisal) {
  return JsonObject{{"corrects", piece.run},
                    {"period", piece.period},
                    {"appraisal", appraisal},
                    {"line", piece.line},
                    {"kind", piece.kind},
                    {"was", base::format_fen(piece.was)},
                    {"posted", base::format_fen(piece.posted)},
                    {"now", base::format_fen(piece.now)},
                    {"amount", base::format_fen(piece.amount)},
                    {"left", base::format_fen(piece.due() - piece.amount)},
                    {"causes", piece.causes}};
}

Slip& slip_of(PayResult& result, const PayCorrection& person) {
  for (Slip& one : result.slips)
    if (one.staff == person.staff) return one;
  Slip fresh;
  fresh.staff = person.staff, fresh.name = person.name, fresh.org = person.org, fresh.branch = person.branch;
  return *result.slips.insert(std::upper_bound(result.slips.begin(), result.slips.end(), fresh,
                                               [](const Slip& a, const Slip& b) { return a.staff < b.staff; }),
                              std::move(fresh));
}

void add_to_line(Slip& slip, PayKind kind, Fen amount, const PayPiece& piece, int64_t appraisal) {
  const PayLine& line = line_of(kind);
  auto at = std::find_if(slip.lines.begin(), slip.lines.end(), [&](const SlipLine& l) { return l.line == &line; });
  if (at == slip.lines.end()) {
    SlipLine fresh;
    fresh.line = &line;
    at = slip.lines.insert(slip.lines.end(), std::move(fresh));
  }
  at->amount += amount;
  (kind == PayKind::earning     ? slip.earnings
   : kind == PayKind::deduction ? slip.deductions
                                : slip.deposit) += amount;
  JsonArray& parts = *at->parts.as_array();
  parts.push_back(piece_json(piece, appraisal));
  JsonArray& cites = *at->cites.as_array();
  for (const Json& cite : *piece.cites.as_array())
    if (std::none_of(cites.begin(), cites.end(), [&](const Json& c) { return c.dump() == cite.dump(); }))
      cites.push_back(cite);
}

// By how much a piece raises (or lowers) what is paid out, all of it.
Fen effect(const PayPiece& piece) {
  return piece.kind == pay_kind_word(PayKind::earning) ? piece.due() : -piece.due();
}

void put(Slip& slip, PayPiece& piece, const PayCorrection& person) {
  if (!piece.amount) return;
  if (piece.kind == pay_kind_word(PayKind::deposit))
    return add_to_line(slip, PayKind::deposit, piece.amount, piece, person.appraisal);
  const Fen more = piece.kind == pay_kind_word(PayKind::earning) ? piece.amount : -piece.amount;
  add_to_line(slip, more > 0 ? PayKind::earning : PayKind::deduction, more > 0 ? more : -more, piece,
              person.appraisal);
}

void read_pieces(const std::vector<store::Row>& rows, std::vector<PostedPiece>& out) {
  for (const auto& row : rows) {
    PostedPiece one;
    one.pay_run = row.integer(0), one.piece.run = row.integer(1), one.staff = row.text(2);
    one.piece.line = row.text(3), one.piece.kind = row.text(4), one.piece.period = row.text(9);
    one.piece.was = row.integer(5), one.piece.posted = row.integer(6), one.piece.now = row.integer(7);
    one.piece.amount = row.integer(8);
    out.push_back(std::move(one));
  }
}

constexpr const char* kPieces =
    "SELECT c.pay_id, c.corrected_id, c.staff_id, c.line, c.kind, c.was, c.posted, c.ought, c.amount, e.period"
    " FROM pay_corrections c JOIN pay_runs e ON e.pay_id = c.corrected_id JOIN pay_runs r ON r.pay_id = c.pay_id";

}  // namespace

bool is_correction_line(const std::string& name) {
  return name == kPaidLater || name == kTakenBack || name == kDepositCorrected;
}

OpenPayBook pay_books(const Desk& desk, base::Date today) {
  // Years of months are paid by few packs: each is opened once.
  auto known = std::make_shared<std::map<std::string, PayBook>>();
  return [&desk, today, known](const PayRun& run) -> base::Result<PayBook> {
    const std::string key = run.pack + "\n" + run.pack_hash + "\n" + run.grades;
    if (auto at = known->find(key); at != known->end()) return at->second;
    auto pack = pack_of_run(desk, run.pack + "/pay-plan", run.pack_hash);
    if (!pack.ok()) return pack.error();
    PayBook out{pack->pack, "无"};
    std::shared_ptr<const policy::Pack> grades = out.pack;
    if (!run.grades.empty())
      if (auto other = installed_pack(desk, run.grades); other.ok()) grades = other->pack;
    if (auto plan = read_grade_plan(*grades, today); plan.ok()) out.no_grade = plan->none;
    known->emplace(key, out);
    return out;
  };
}

base::Result<PayByNow> pay_by_now(store::Session& session, const people::Directory& directory, const PayRun& run,
                                  const PayBook& book) {
  PayByNow out;
  out.appraisal = appraisal_now(session, run.run);
  const auto period = base::Period::parse(run.period);
  if (!period) throw base::Broken("pay run " + std::to_string(run.id) + " has no period: " + run.period);
  auto load = load_pay_of(session, *book.pack, book.no_grade, directory, {out.appraisal, run.pay_on, run.grades},
                          *period, people_of_run(session, out.appraisal, run.scheme, run.period, false));
  if (!load.ok()) return load.error();
  const PayResult result = compute_pay((*load)->work);
  out.slips = slips_of_result(result), out.problems = result.problems, out.open = result.open();
  return out;
}

std::vector<PayCorrection> pay_due(store::Session& session, const PayRun& run, const PayByNow& now,
                                   std::vector<Error>& notes) {
  struct Both {
    const KeptSlip *was = nullptr, *now = nullptr;
  };
  const std::vector<KeptSlip> kept = pay_slips(session, run.id);
  std::map<std::string, Both> all;
  for (const KeptSlip& slip : kept) all[slip.staff].was = &slip;
  for (const KeptSlip& slip : now.slips) all[slip.staff].now = &slip;
  std::map<std::pair<std::string, std::string>, Fen> posted;  // by person and line
  for (const PostedPiece& one : posted_for(session, run.id))
    posted[{one.staff, one.piece.line}] += one.piece.amount;
  std::vector<PayCorrection> out;
  for (const auto& [staff, both] : all) {
    const KeptSlip& who = both.was ? *both.was : *both.now;
    PayCorrection person{run.id, now.appraisal, staff, who.name, who.org, who.branch, {}, 0, {}};
    const Json *was = both.was ? &both.was->slip : nullptr, *is = both.now ? &both.now->slip : nullptr;
    if (is) person.slip = *is;
    person.deposit = balance_of(session, staff, "deposit");
    for (const Json& line : list_in(is ? *is : *was, "lines")) {
      const std::string name = text_in(line, "line"), kind = text_in(line, "kind");
      if (kind == pay_kind_word(PayKind::shown) || is_correction_line(name)) continue;
      const Json *before = line_named(was, name), *after = line_named(is, name);
      if (failed(after)) {
        notes.push_back(Error{"pay.correction",
                              "第 " + std::to_string(run.id) + " 次发放（" + run.period + "）" + who.name +
                                  " 的“" + name + "”现在算不出来: " + text_in(*after->find("error"), "message"),
                              staff, "补齐登记；这一行留到算得出来的时候再更正"});
        continue;
      }
      PayPiece piece{run.id,           run.period, name, kind, amount_of(before), posted[{staff, name}],
                     amount_of(after), 0};
      if (!piece.due()) continue;
      if (const Json* cites = after ? after->find("cites") : before->find("cites")) piece.cites = *cites;
      piece.causes = causes_of(before, after);
      person.lines.push_back(std::move(piece));
    }
    if (!person.lines.empty()) out.push_back(std::move(person));
  }
  return out;
}

PayCorrections corrections_due(store::Session& session, const people::Directory& directory,
                               const std::string& pack, const std::string& scheme, const base::Period& period,
                               const OpenPayBook& open) {
  PayCorrections out;
  std::vector<PayRun> earlier = pay_runs(session);
  std::reverse(earlier.begin(), earlier.end());
  PayInputs inputs(session, directory, pack);
  for (const PayRun& run : earlier) {
    const auto of = base::Period::parse(run.period);
    const bool counts = run.state == "approved" || run.state == "paid";
    if (!counts || run.pack != pack || run.scheme != scheme || !of || of->last() >= period.first()) continue;
    under_way(static_cast<size_t>(&run - earlier.data()), earlier.size(), run.period);
    std::string digest = inputs.digest(appraisal_now(session, run.run), *of, run.pay_on, run.grades);
    if (untouched(session, run.id, digest)) {
      ++out.untouched;
      continue;
    }
    auto note = [&](const Error& error) {
      out.notes.push_back(
          Error{"pay.correction",
                "第 " + std::to_string(run.id) + " 次发放（" + run.period + "）没有重新算: " + error.message,
                "pay_run " + std::to_string(run.id), error.hint});
    };
    auto book = open(run);
    if (!book.ok()) {
      note(book.error());
      continue;
    }
    auto now = pay_by_now(session, directory, run, *book);
    if (!now.ok()) {
      note(now.error());
      continue;
    }
    const size_t notes = out.notes.size();
    for (PayCorrection& one : pay_due(session, run, *now, out.notes)) out.people.push_back(std::move(one));
    out.months.push_back({run.id, std::move(digest), out.notes.size() == notes});
  }
  return out;
}

void post_corrections(PayResult& result, PayCorrections& due) {
  std::map<std::string, std::vector<PayCorrection*>> people;
  for (PayCorrection& one : due.people) people[one.staff].push_back(&one);
  for (auto& [staff, all] : people) {
    Fen net = 0, deposit = all.front()->deposit;
    for (const Slip& slip : result.slips)
      if (slip.staff == staff) net = slip.net(), deposit += slip.deposit;
    auto each = [&](auto&& act) {
      for (PayCorrection* person : all)
        for (PayPiece& piece : person->lines) act(piece);
    };
    // First what is owed to the person, out of which the rest can be taken back.
    each([&](PayPiece& piece) {
      if (effect(piece) < 0) return;
      piece.amount = piece.due();
      if (piece.kind == pay_kind_word(PayKind::deposit)) {
        piece.amount = -std::min(-piece.due(), std::max<Fen>(deposit, 0));
        deposit += piece.amount;
      }
      net += std::abs(piece.amount);
    });
    each([&](PayPiece& piece) {
      if (effect(piece) >= 0) return;
      const Fen taken = std::min(std::abs(piece.due()), std::max<Fen>(net, 0));
      piece.amount = piece.due() < 0 ? -taken : taken;
      net -= taken;
    });
    bool any = false;
    each([&](const PayPiece& piece) { any = any || piece.amount; });
    if (!any) continue;  // all of it stays for later: no empty slip
    Slip& slip = slip_of(result, *all.front());
    for (PayCorrection* person : all)
      for (PayPiece& piece : person->lines) put(slip, piece, *person);
  }
}

void keep_corrections(store::Session& session, int64_t pay_id, const PayCorrections& posted) {
  std::map<int64_t, bool> whole;  // of the months something is posted for
  for (const PayCorrection& person : posted.people) {
    bool any = false;
    auto& rest = whole.try_emplace(person.run, true).first->second;
    for (const PayPiece& piece : person.lines) {
      rest = rest && piece.amount == piece.due();
      if (!piece.amount) continue;
      any = true;
      session.exec(
          "INSERT INTO pay_corrections (pay_id, corrected_id, staff_id, line, kind, was, posted, ought, amount)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {pay_id, person.run, person.staff, piece.line, piece.kind, piece.was, piece.posted, piece.now,
           piece.amount});
    }
    if (any)
      session.exec(
          "INSERT INTO pay_corrected_slips (pay_id, corrected_id, staff_id, appraisal, slip) VALUES (?, ?, ?, ?, "
          "?)",
          {pay_id, person.run, person.staff, person.appraisal, person.slip.dump()});
  }
  for (const PayCorrections::Month& month : posted.months)
    if (auto at = whole.find(month.run); at != whole.end() && at->second && month.known)
      keep_corrected_month(session, pay_id, month.run, month.digest);
}

std::vector<PostedPiece> posted_by(store::Session& session, int64_t pay_id, const std::string& staff) {
  std::vector<store::Value> values = {pay_id};
  if (!staff.empty()) values.emplace_back(staff);
  std::vector<PostedPiece> out;
  read_pieces(
      session.query(std::string(kPieces) + " WHERE c.pay_id = ?" + (staff.empty() ? "" : " AND c.staff_id = ?") +
                        " ORDER BY c.staff_id, c.corrected_id, c.line",
                    values),
      out);
  return out;
}

std::vector<PostedPiece> posted_for(store::Session& session, int64_t corrected) {
  std::vector<PostedPiece> out;
  read_pieces(session.query(std::string(kPieces) + " WHERE c.corrected_id = ? AND r.state IN ('approved', 'paid')"
                                                   " ORDER BY c.staff_id, c.pay_id, c.line",
                            {corrected}),
              out);
  return out;
}

std::optional<Json> corrected_slip(store::Session& session, int64_t pay_id, int64_t corrected,
                                   const std::string& staff) {
  auto rows =
      session.query("SELECT slip FROM pay_corrected_slips WHERE pay_id = ? AND corrected_id = ? AND staff_id = ?",
                    {pay_id, corrected, staff});
  if (rows.empty()) return std::nullopt;
  return Json::parse(rows[0].text(0)).value();
}

base::Status check_corrections(store::Session& session, int64_t pay_id) {
  std::map<int64_t, std::vector<PostedPiece>> by_run;
  for (PostedPiece& one : posted_by(session, pay_id)) by_run[one.piece.run].push_back(std::move(one));
  for (const auto& [run, pieces] : by_run) {
    const auto corrected = pay_runs(session, run);
    const Error again{"pay.corrected", "第 " + std::to_string(run) + " 次发放的差额", "id", "重新计算以后再批准"};
    if (corrected.empty() || (corrected[0].state != "approved" && corrected[0].state != "paid"))
      return Error{again.code, again.message + "不用更正了: 它已经作废", again.where, again.hint};
    std::map<std::pair<std::string, std::string>, Fen> posted;
    for (const PostedPiece& one : posted_for(session, run))
      posted[{one.staff, one.piece.line}] += one.piece.amount;
    for (const PostedPiece& one : pieces)
      if (posted[{one.staff, one.piece.line}] != one.piece.posted)
        return Error{again.code, again.message + "已经由另一次发放更正过", again.where, again.hint};
  }
  return {};
}

int64_t corrected_by(store::Session& session, int64_t pay_id) {
  auto posted = posted_for(session, pay_id);
  return posted.empty() ? 0 : posted.front().pay_run;
}

}  // namespace guanhu::appraisal
