// guanhu fact: what no extract brings and people record.
#include <algorithm>
#include <map>
#include <ostream>

#include "appraisal/recorded_csv.h"
#include "audit/chain.h"
#include "base/digest.h"
#include "base/files.h"
#include "cli/places.h"
#include "cli/prepare.h"
#include "cli/wiring.h"
#include "people/logins.h"
#include "policy/load.h"

namespace guanhu::cli {

namespace {

using appraisal::FactRow;
using appraisal::Recorded;
using appraisal::Recording;
using appraisal::RecordState;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view kHelp =
    R"(usage: guanhu fact add --data DIR --pack PACK --name NAME --value VALUE --document TEXT SUBJECT TIME
                       [--by LOGIN] [--note TEXT] [--json]
       guanhu fact import --data DIR --pack PACK FILE [--by LOGIN,…] [--dry-run] [--json]
       guanhu fact list --data DIR [--name NAME] [SUBJECT] [--period P] [--known-at TIME] [--history] [--json]
       guanhu fact template --pack PACK
       guanhu fact template --data DIR --scheme PACK/SCHEME --period P

Records what no extract brings and a scheme needs; the pack declares each fact, its type and whom it is about.
Nothing is overwritten: what is recorded again replaces the earlier row from then on, and --known-at still sees it.

add       records one fact
import    records a table: every row is checked, and all are recorded or none
list      what is recorded; --history also shows what was replaced
template  a table to fill in (CSV): every fact of the pack, or what the holders of a scheme still lack

  SUBJECT          --staff ID, --customer ID, --loan ID, --org ID or --bank
  TIME             --period 2025 for facts of a period, --from 2025-03-01 for facts that hold from a day on
  --value VALUE    a number, true or false, a date, a word; null takes back what was recorded
  --document TEXT  where it comes from
  --by LOGIN       who records it: of the roles that the pack names for the fact; of a table that several people
                   filled in, their logins (hr,auditor): each row is recorded by the first of them who may
  --dry-run        checks and says what would be recorded
  --policies DIR   the folder of packs (else $GUANHU_POLICIES, ./policies, beside the program)
  --json           one JSON document

Exit status: 0 done; 1 rows were refused and nothing was recorded; 2 wrong use or input.
Example:
  guanhu fact add --data bank --pack county-rcc-rules --name 年终绩效 --staff M001 --period 2025 --value 20000 --document 人事表12 --by hr
)";

int refused(Io& io, const Error& error) {
  io.err << "guanhu fact: " << error.text() << "\n";
  return error.code.starts_with("fact.") && error.code != "fact.file" ? kNo : kWrong;
}

JsonObject json_of(const Recording& r) {
  JsonObject out{{"name", r.name}, {"subject_kind", r.subject_kind}, {"subject_id", r.subject_id}};
  if (!r.period.empty()) out.emplace_back("period", r.period);
  if (!r.valid_from.empty()) out.emplace_back("valid_from", r.valid_from);
  out.emplace_back("value", r.value);
  out.emplace_back("unit", r.unit);
  out.emplace_back("document", r.document);
  if (!r.note.empty()) out.emplace_back("note", r.note);
  return out;
}

base::Result<policy::Pack> pack_of(const Options& options) {
  auto folder = policies_folder(options.get("policies"));
  if (!folder) return folder.error();
  auto id = options.need("pack");
  if (!id) return id.error();
  return policy::open_pack(*folder, *id);
}

std::string label_of(const policy::Pack& pack) {
  return pack.id + " " + pack.version + " " + pack.hash.substr(0, 12);
}

// The one subject that is named: kind and id.
base::Result<std::pair<std::string, std::string>> subject_of(const Options& options) {
  static constexpr std::pair<const char*, const char*> kWays[] = {
      {"staff", "staff"}, {"customer", "customer"}, {"loan", "loan"}, {"org", "organisation"}};
  std::pair<std::string, std::string> out;
  int ways = options.has("bank");
  if (options.has("bank")) out = {"bank", ""};
  for (const auto& [option, kind] : kWays)
    if (auto id = options.get(option)) out = {kind, *id}, ++ways;
  if (ways <= 1) return out;
  return Error{"cli.argument", "a fact is about one subject", "",
               "give one of --staff --customer --loan --org --bank"};
}

// Who records: the logins of --by. Without it nobody but the program's user, who holds no role.
base::Result<std::vector<people::Login>> recorders(const Options& options, store::Session& session) {
  std::vector<people::Login> out;
  const std::string all = options.get("by").value_or("");
  for (size_t from = 0; from < all.size();) {
    const size_t to = std::min(all.find(',', from), all.size());
    const std::string name = all.substr(from, to - from);
    auto login = people::find_login(session, name);
    if (!login || login->disabled)
      return Error{"login.unknown", "there is no login '" + name + "'", "--by", "guanhu user list shows them"};
    out.push_back(std::move(*login));
    from = to + 1;
  }
  return out;
}

// The name under which it is recorded: of the first who may. Refused: fact.by.
base::Result<std::string> recorder_of(const policy::Pack& pack, const std::string& name,
                                      const std::vector<people::Login>& logins, const Io& io) {
  base::Status last = appraisal::check_recorder(pack, name, {});
  if (last) return logins.empty() ? actor_of(io) : logins.front().login;
  for (const people::Login& login : logins) {
    last = appraisal::check_recorder(pack, name, login.roles);
    if (last) return login.login;
  }
  Error error = last.error();
  if (error.code == "fact.by") error.hint = "--by LOGIN 写上有这个角色的人";
  return error;
}

int add(const Options& options, Io& io) {
  auto data = options.need("data"), name = options.need("name"), value = options.need("value");
  for (const auto* each : {&data, &name, &value})
    if (!*each) return refused(io, each->error());
  auto subject = subject_of(options);
  if (!subject) return refused(io, subject.error());
  auto pack = pack_of(options);
  if (!pack) return refused(io, pack.error());
  Recording asked{*name,
                  subject->first,
                  subject->second,
                  options.get("period").value_or(""),
                  options.get("from").value_or(""),
                  {},
                  "",
                  options.get("document").value_or(""),
                  options.get("note").value_or("")};
  asked.value = appraisal::value_of_text(*pack, *name, *value);
  auto checked = appraisal::check_recording(*pack, asked);
  if (!checked) return refused(io, checked.error());
  auto bank = open_bank(*data, io);
  if (!bank) return refused(io, bank.error());
  auto logins = recorders(options, bank->store());
  if (!logins) return refused(io, logins.error());
  auto by = recorder_of(*pack, checked->name, *logins, io);
  if (!by) return refused(io, by.error());
  if (auto there = appraisal::check_subject_there(bank->warehouse(), *checked); !there)
    return refused(io, there.error());
  RecordState state = RecordState::unchanged;
  bank->store().transaction([&] {
    state = appraisal::record(bank->store(), *checked, label_of(*pack), *by, io.clock);
    if (state == RecordState::unchanged) return;
    audit::append(bank->store(),
                  {actor_of(io), "fact.record", checked->subject_kind + " " + checked->subject_id,
                   JsonObject{{"name", checked->name},
                              {"by", *by},
                              {"time", checked->period.empty() ? checked->valid_from : checked->period},
                              {"state", std::string(appraisal::state_word(state))}}},
                  io.clock);
  });
  if (options.has("json")) {
    JsonObject out = json_of(*checked);
    out.emplace_back("state", std::string(appraisal::state_word(state)));
    io.out << Json(std::move(out)).dump(1) << "\n";
  } else {
    io.out << checked->name << " " << checked->subject_id << ": " << appraisal::state_word(state) << "\n";
  }
  return kDone;
}

void report(const std::vector<FactRow>& rows, bool json, bool dry, Io& io) {
  size_t counts[4] = {};
  JsonArray list;
  for (const FactRow& row : rows) {
    ++counts[row.refused ? 3 : static_cast<size_t>(row.state)];
    if (!json) {
      if (row.refused) io.out << "line " << row.line << ": " << row.refused->text() << "\n";
      continue;
    }
    JsonObject one{{"line", row.line}};
    for (auto& [name, value] : json_of(row.recording)) one.emplace_back(name, std::move(value));
    one.emplace_back("state", row.refused ? "refused" : std::string(appraisal::state_word(row.state)));
    if (row.refused)
      one.emplace_back("error", JsonObject{{"code", row.refused->code},
                                           {"message", row.refused->message},
                                           {"where", row.refused->where},
                                           {"hint", row.refused->hint}});
    list.push_back(std::move(one));
  }
  const bool recorded = counts[3] == 0 && !dry;
  if (json) {
    io.out << Json(JsonObject{{"rows", Json(rows.size())},
                              {"added", Json(counts[0])},
                              {"changed", Json(counts[1])},
                              {"unchanged", Json(counts[2])},
                              {"refused", Json(counts[3])},
                              {"recorded", recorded},
                              {"results", std::move(list)}})
                  .dump(1)
           << "\n";
    return;
  }
  io.out << rows.size() << " rows: " << counts[0] << " added, " << counts[1] << " changed, " << counts[2]
         << " unchanged, " << counts[3] << " refused"
         << (recorded    ? ""
             : counts[3] ? "; nothing was recorded"
                         : "; nothing was recorded (--dry-run)")
         << "\n";
}

int import(const Options& options, Io& io) {
  auto data = options.need("data");
  if (!data) return refused(io, data.error());
  if (options.rest().size() != 1)
    return refused(io, {"cli.missing", "the table to import is needed", "", "see --help"});
  auto pack = pack_of(options);
  if (!pack) return refused(io, pack.error());
  auto text = base::read_file(path_of(io, options.rest()[0]));
  if (!text) return refused(io, text.error());
  auto bank = open_bank(*data, io);
  if (!bank) return refused(io, bank.error());
  auto rows = appraisal::read_facts(bank->store(), bank->warehouse(), *pack, *text);
  if (!rows) return refused(io, rows.error());
  auto logins = recorders(options, bank->store());
  if (!logins) return refused(io, logins.error());
  std::vector<std::string> by;
  for (FactRow& row : *rows) {
    by.emplace_back();
    if (row.refused) continue;
    auto who = recorder_of(*pack, row.recording.name, *logins, io);
    if (who) by.back() = *who;
    else row.refused = who.error();
  }
  const bool dry = options.has("dry-run");
  const bool sound =
      std::none_of(rows->begin(), rows->end(), [](const FactRow& row) { return row.refused.has_value(); });
  if (sound && !dry)
    bank->store().transaction([&] {
      int64_t written = 0;
      for (size_t i = 0; i < rows->size(); ++i) {
        FactRow& row = (*rows)[i];
        row.state = appraisal::record(bank->store(), row.recording, label_of(*pack), by[i], io.clock);
        written += row.state != RecordState::unchanged;
      }
      audit::append(
          bank->store(),
          {actor_of(io), "fact.import", "pack " + pack->id,
           JsonObject{
               {"rows", Json(rows->size())}, {"recorded", Json(written)}, {"sha256", base::sha256_hex(*text)}}},
          io.clock);
    });
  report(*rows, options.has("json"), dry, io);
  return sound ? kDone : kNo;
}

int list(const Options& options, Io& io) {
  auto data = options.need("data");
  if (!data) return refused(io, data.error());
  auto subject = subject_of(options);
  if (!subject) return refused(io, subject.error());
  appraisal::RecordedFilter filter{.name = options.get("name"),
                                   .subject_kind = {},
                                   .subject_id = {},
                                   .period = options.get("period"),
                                   .known_at = {},
                                   .history = options.has("history")};
  if (!subject->first.empty()) filter.subject_kind = subject->first, filter.subject_id = subject->second;
  if (auto time = options.get("known-at")) {
    filter.known_at = base::Instant::parse(*time);
    if (!filter.known_at)
      return refused(io, {"cli.time", "'" + *time + "' 不是时间", "--known-at", "写成 2026-01-05T08:00:00+08:00"});
  }
  auto bank = open_bank(*data, io);
  if (!bank) return refused(io, bank.error());
  JsonArray out;
  for (const Recorded& row : appraisal::recorded(bank->store(), filter)) {
    if (row.what.value.is_null() && !filter.history) continue;
    JsonObject one{{"fact_id", Json(row.id)}};
    for (auto& [name, value] : json_of(row.what)) one.emplace_back(name, std::move(value));
    one.emplace_back("pack", row.pack), one.emplace_back("by", row.by), one.emplace_back("at", row.at);
    if (options.has("json")) {
      out.push_back(std::move(one));
      continue;
    }
    const std::string when = row.what.period.empty() ? row.what.valid_from : row.what.period;
    io.out << row.what.name << "\t" << row.what.subject_kind << " " << row.what.subject_id << "\t" << when << "\t"
           << row.what.value.dump() << " " << row.what.unit << "\t" << row.what.document << "\t" << row.by << "\t"
           << row.at << "\n";
  }
  if (options.has("json")) io.out << Json(JsonObject{{"facts", std::move(out)}}).dump(1) << "\n";
  return kDone;
}

// One line of a template: what the value has to be stands where the value goes.
void template_row(Io& io, const policy::RecordedFact& fact, const std::string& id, const std::string& period,
                  const std::string& day) {
  std::string hint = fact.type->str() + (fact.hint.empty() ? "" : " " + fact.hint);
  std::replace(hint.begin(), hint.end(), '"', '\'');
  io.out << fact.name << "," << policy::subject_kind(fact.of) << "," << id << "," << (fact.by_period ? period : "")
         << "," << (fact.by_period ? "" : day) << ",,,\"" << hint << "\"\n";
}

int make_template(const Options& options, Io& io) {
  if (!options.has("scheme")) {
    auto pack = pack_of(options);
    if (!pack) return refused(io, pack.error());
    io.out << appraisal::kFactColumns << "\n";
    for (const policy::RecordedFact& fact : pack->recorded) template_row(io, fact, "", "", "");
    return kDone;
  }
  auto prepared = prepare(options, io);
  if (!prepared) return refused(io, prepared.error());
  const appraisal::Evaluation& e = *(*prepared)->evaluation;
  io.out << appraisal::kFactColumns << "\n";
  std::map<std::pair<std::string, std::string>, bool> told;
  for (size_t s = 0; s < e.steps.size(); ++s) {
    const policy::RecordedFact* fact = e.scheme.steps[s].recorded;
    if (!fact) continue;
    for (size_t h = 0; h < e.persons(); ++h) {
      if (e.steps[s].reasons[h].empty()) continue;
      std::string id = fact->of == policy::RecordedOf::bank           ? ""
                       : fact->of == policy::RecordedOf::organisation ? e.person(h).org
                                                                      : e.person(h).id;
      if (told.emplace(std::pair(fact->name, id), true).second)
        template_row(io, *fact, id, e.period.str(), e.period.first().str());
    }
  }
  // What lists read of the whole bank, and seeds: they are set before anyone knows what is drawn.
  for (const policy::SchemeStep& step : e.scheme.steps) {
    if (!step.list) continue;
    std::vector<std::string> names{step.list->seed};
    for (const policy::ListPart& part : step.list->parts)
      for (const policy::Field& field : part.ask.decision.inputs) names.push_back(field.name);
    for (const std::string& name : names) {
      const policy::RecordedFact* fact = e.scheme.pack->recorded_fact(name);
      if (!fact || fact->of != policy::RecordedOf::bank || (e.facts && e.facts->find(*fact, "", e.period)))
        continue;
      if (told.emplace(std::pair(name, ""), true).second)
        template_row(io, *fact, "", e.period.str(), e.period.first().str());
    }
  }
  return kDone;
}

int run(const std::vector<std::string>& arguments, Io& io) {
  const std::string action = arguments.empty() ? "" : arguments[0];
  if (action != "add" && action != "import" && action != "list" && action != "template")
    return refused(io, {"cli.action", "say what to do: add, import, list or template", "", "see --help"});
  auto options = Options::parse({arguments.begin() + 1, arguments.end()},
                                {"data", "pack", "policies", "name", "value", "document", "note", "staff",
                                 "customer", "loan", "org", "period", "from", "known-at", "scheme", "by"},
                                {"json", "bank", "dry-run", "history"});
  if (!options) return refused(io, options.error());
  if (action != "import" && !options->rest().empty())
    return refused(io, {"cli.extra", "'" + options->rest()[0] + "' is one word too many", "", "see --help"});
  if (action == "add") return add(*options, io);
  if (action == "import") return import(*options, io);
  return action == "list" ? list(*options, io) : make_template(*options, io);
}

}  // namespace

const Command kFactCommand = {"fact", "records what no extract brings: one fact, a table, a list of what is there",
                              kHelp, run};

}  // namespace guanhu::cli
