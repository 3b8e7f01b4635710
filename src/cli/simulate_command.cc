// guanhu simulate run, list, show, margins, cliffs, again, share, withdraw: a past period under other rules.
#include <fstream>
#include <iterator>
#include <ostream>
#include <sstream>

#include "appraisal/simulate_margins.h"
#include "appraisal/simulate_result.h"
#include "appraisal/simulate_store.h"
#include "appraisal/text_table.h"
#include "base/files.h"
#include "cli/people_work.h"
#include "cli/places.h"
#include "cli/wiring.h"
#include "policy/drafts.h"

namespace guanhu::cli {
namespace {

using appraisal::KeptSimulation;
using appraisal::Simulation;
using appraisal::Simulator;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr size_t kShown = 20;

base::Result<std::filesystem::path> policies_of(PeopleWork& work) {
  auto given = work.options.get("policies");
  return policies_folder(given ? std::optional(path_of(work.io, *given)) : std::nullopt);
}

// "A=1,B=2" as [{"name", KEY}]; an "=" that is missing is refused with the option.
base::Status add_pairs(PeopleWork& work, const char* option, const char* key, JsonArray& out) {
  auto text = work.options.get(option);
  if (!text) return {};
  std::istringstream all(*text);
  for (std::string one; std::getline(all, one, ',');) {
    const size_t equals = one.rfind('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == one.size())
      return Error{"cli.option", "'" + one + "' is not NAME=VALUE", std::string("--") + option,
                   std::string("for example --") + option + " 加分上限=6,每档加分=0.2"};
    out.push_back(JsonObject{{"name", one.substr(0, equals)}, {key, one.substr(equals + 1)}});
  }
  return {};
}

// "净增计划=×1.1", "净增计划@S1=100000": of all or of one, a factor or a value.
base::Status add_targets(PeopleWork& work, JsonArray& out) {
  JsonArray pairs;
  if (auto read = add_pairs(work, "target", "value", pairs); !read) return read;
  for (const Json& pair : pairs) {
    std::string figure = *pair.find("name")->as_string(), value = *pair.find("value")->as_string(), holder;
    if (const size_t at = figure.find('@'); at != std::string::npos)
      holder = figure.substr(at + 1), figure.resize(at);
    const bool factor = value.starts_with("×") || value.starts_with("x");
    if (factor) value = value.substr(value.starts_with("x") ? 1 : std::string("×").size());
    out.push_back(JsonObject{{"figure", figure}, {"holder", holder}, {factor ? "times" : "value", value}});
  }
  return {};
}

base::Result<Json> ask_file(PeopleWork& work) {
  auto path = work.options.get("ask");
  if (!path) return Json(JsonObject{});
  std::string text;
  if (*path == "-") {
    text.assign(std::istreambuf_iterator<char>(work.io.in), {});
  } else {
    auto read = base::read_file(path_of(work.io, *path));
    if (!read) return read.error();
    text = std::move(*read);
  }
  auto json = Json::parse(text);
  if (!json) return Error{"cli.ask", json.error().message, *path + " " + json.error().where, "a JSON object"};
  if (!json->as_object())
    return Error{"cli.ask", "this is no JSON object", *path, "see guanhu simulate run --help"};
  return std::move(*json);
}

// The file first, then what stands on the command line.
base::Result<Json> ask_json(PeopleWork& work) {
  auto json = ask_file(work);
  if (!json) return json.error();
  JsonObject& all = *json->as_object();
  auto put = [&](const std::string& name, Json value) {
    std::erase_if(all, [&](const auto& member) { return member.first == name; });
    all.emplace_back(name, std::move(value));
  };
  auto add = [&](const std::string& name, JsonArray more) {
    if (more.empty()) return;
    for (auto& [known, value] : all)
      if (known == name && value.as_array()) {
        for (Json& one : more) value.as_array()->push_back(std::move(one));
        return;
      }
    all.emplace_back(name, std::move(more));
  };
  for (const char* name : {"scheme", "period", "known-at"})
    if (auto value = work.options.get(name)) put(name == std::string("known-at") ? "known_at" : name, *value);
  if (auto base = work.options.get("base")) put("base", *base);
  for (auto [option, name, key] :
       {std::tuple("set", "parameters", "value"), std::tuple("weight", "weights", "weight"),
        std::tuple("grade", "grades", "at_least")}) {
    JsonArray pairs;
    if (auto read = add_pairs(work, option, key, pairs); !read) return read.error();
    add(name, std::move(pairs));
  }
  JsonArray targets;
  if (auto read = add_targets(work, targets); !read) return read.error();
  add("targets", std::move(targets));
  if (auto pack = work.options.get("pay")) {
    JsonObject pay = {{"pack", *pack}};
    if (auto on = work.options.get("pay-on")) pay.emplace_back("pay_on", *on);
    JsonArray parameters;
    if (auto read = add_pairs(work, "pay-set", "value", parameters); !read) return read.error();
    if (!parameters.empty()) pay.emplace_back("parameters", std::move(parameters));
    put("pay", std::move(pay));
  }
  return json;
}

// A draft of the bank, or a folder that holds another content of the pack.
base::Status add_files(PeopleWork& work, const std::string& pack, appraisal::PackChange& change) {
  if (auto folder = work.options.get("from")) {
    auto files = policy::read_pack_files(path_of(work.io, *folder));
    if (!files) return files.error();
    for (auto& [path, content] : *files) change.files[pack + "/" + path] = std::move(content);
    change.source = "文件夹 " + std::filesystem::path(*folder).filename().string();
  }
  auto draft = work.options.number("draft", 0);
  if (!draft) return draft.error();
  if (!*draft) return {};
  auto found = policy::PolicyDrafts::find(work.bank.store(), *draft);
  if (!found) return found.error();
  if (found->pack != pack)
    return Error{"simulate.draft", "草稿 " + std::to_string(*draft) + " 改的是 " + found->pack, "--draft", ""};
  for (const auto& file : policy::PolicyDrafts::files(work.bank.store(), *draft))
    if (file.content) change.files[pack + "/" + file.path] = *file.content;
  change.source = "草稿 " + std::to_string(*draft) + " 第 " + std::to_string(found->revision) + " 稿";
  return {};
}

base::Result<std::unique_ptr<Simulator>> open(PeopleWork& work, const appraisal::SimulationPlace& place) {
  auto policies = policies_of(work);
  if (!policies) return policies.error();
  return Simulator::open(work.bank.again(), *policies, place);
}

std::string text_of(const Json* value) {
  return !value || value->is_null() ? "—" : value->as_string() ? *value->as_string() : value->dump();
}

void print_summary(std::ostream& out, const Json& summary) {
  out << text_of(summary.find("title")) << "：" << text_of(summary.find("headline")) << "\n";
  for (const Json& word : *summary.find("words")->as_array()) out << "  " << *word.as_string() << "\n";
  for (const Json& note : *summary.find("notes")->as_array()) out << "注意：" << *note.as_string() << "\n";
  for (const Json& one : *summary.find("grades")->as_array())
    out << "  等级 " << text_of(one.find("from")) << " → " << text_of(one.find("to")) << "："
        << one.find("people")->dump() << " 人\n";
}

void print_holders(std::ostream& out, const std::vector<Json>& holders) {
  appraisal::TextTable table;
  table.head({"工号", "姓名", "原总分", "新总分", "增减", "原等级", "新等级"});
  size_t left = 0, rows = 0;
  for (const Json& one : holders) {
    const Json *before = one.find("before"), *after = one.find("after");
    if (text_of(one.find("change")) == "0") continue;
    if (++rows > kShown) {
      ++left;
      continue;
    }
    table.row({text_of(one.find("id")), text_of(one.find("name")), text_of(before->find("total")),
               text_of(after->find("total")), text_of(one.find("change")), text_of(before->find("grade")),
               text_of(after->find("grade"))});
  }
  if (rows) out << "\n" << table.str();
  if (left) out << "…还有 " << left << " 人（--json 列出全部）\n";
}

base::Result<int> run(PeopleWork& work) {
  auto json = ask_json(work);
  if (!json) return json.error();
  auto ask = appraisal::simulation_ask(*json);
  if (!ask) return ask.error();
  if (auto added = add_files(work, ask->scheme.substr(0, ask->scheme.find('/')), ask->change); !added)
    return added.error();
  auto simulator = open(work, {ask->scheme, ask->period, ask->base, ask->known_at});
  if (!simulator) return simulator.error();
  auto made = (*simulator)->simulate(*ask);
  if (!made) return made.error();
  Json kept;
  if (auto title = work.options.get("title")) {
    auto doing = work.doing();
    if (!doing) return doing.error();
    auto id = appraisal::keep_simulation(work.bank.store(), *made, *title, work.options.get("note").value_or(""),
                                         *doing);
    if (!id) return id.error();
    kept = *id;
  }
  const Json summary = appraisal::summary_json(*made);
  std::vector<Json> holders;
  for (const auto& one : made->holders) holders.push_back(appraisal::holder_json(one));
  if (work.json()) {
    work.io.out << Json(JsonObject{{"id", kept}, {"summary", summary}, {"holders", JsonArray(holders)}}).dump(2)
                << "\n";
    return kDone;
  }
  print_summary(work.io.out, summary);
  print_holders(work.io.out, holders);
  if (!kept.is_null()) work.io.out << "\n留存为第 " << kept.dump() << " 次测算\n";
  return kDone;
}

Json json_of(const KeptSimulation& one) {
  return JsonObject{
      {"id", one.id},
      {"title", one.title},
      {"note", one.note},
      {"scheme", one.scheme},
      {"period", one.period},
      {"base", JsonObject{{"kind", one.base_kind}, {"run", one.base_run ? Json(one.base_run) : Json()}}},
      {"known_at", one.known_at},
      {"engine", one.engine},
      {"pack_hash", one.pack_hash},
      {"hash", one.hash},
      {"made_at", one.made_at},
      {"made_by", one.made_by},
      {"shared", one.shared()},
      {"withdrawn", !one.withdrawn_at.empty()},
      {"ask", one.ask},
      {"summary", one.summary}};
}

base::Result<int> list(PeopleWork& work) {
  auto all = appraisal::kept_simulations(work.bank.store());
  if (work.json()) {
    JsonArray out;
    for (const auto& one : all) out.push_back(json_of(one));
    work.io.out << Json(JsonObject{{"simulations", std::move(out)}}).dump(2) << "\n";
    return kDone;
  }
  for (const auto& one : all)
    work.io.out << one.id << "  " << one.title << "（" << one.scheme << " " << one.period << "，" << one.made_by
                << (one.shared() ? "，已共享" : "") << "）：" << text_of(one.summary.find("headline")) << "\n";
  if (all.empty()) work.io.out << "还没有留存的测算；guanhu simulate run --title 留一次\n";
  return kDone;
}

base::Result<KeptSimulation> one_of(PeopleWork& work) {
  auto id = work.number("simulation");
  if (!id) return id.error();
  auto found = appraisal::kept_simulations(work.bank.store(), *id);
  if (!*id || found.empty())
    return Error{"simulate.unknown", "没有第 " + std::to_string(*id) + " 次测算", "",
                 "guanhu simulate list 列出各次"};
  return found[0];
}

base::Result<int> show(PeopleWork& work) {
  auto kept = one_of(work);
  if (!kept) return kept.error();
  auto holders = appraisal::kept_simulation_holders(work.bank.store(), kept->id);
  if (work.json()) {
    Json out = json_of(*kept);
    out.as_object()->emplace_back("holders", JsonArray(std::move(holders)));
    work.io.out << out.dump(2) << "\n";
    return kDone;
  }
  work.io.out << "第 " << kept->id << " 次测算 " << kept->title << "，" << kept->made_by << " " << kept->made_at
              << "\n";
  print_summary(work.io.out, kept->summary);
  print_holders(work.io.out, holders);
  return kDone;
}

// The simulator and the simulation made again.
struct Again {
  std::unique_ptr<Simulator> simulator;
  appraisal::RemadeSimulation made;
  KeptSimulation kept;
};
base::Result<Again> remade(PeopleWork& work) {
  auto kept = one_of(work);
  if (!kept) return kept.error();
  auto policies = policies_of(work);
  if (!policies) return policies.error();
  auto simulator = open(work, appraisal::place_of(*kept));
  if (!simulator) return simulator.error();
  auto made = appraisal::remake_simulation(**simulator, {work.bank, *policies}, *kept);
  if (!made) return made.error();
  return Again{std::move(*simulator), std::move(*made), std::move(*kept)};
}

base::Result<int> again(PeopleWork& work) {
  auto found = remade(work);
  if (!found) return found.error();
  const std::string now = found->made.simulation.hash();
  if (work.json())
    work.io.out << Json(JsonObject{{"same", found->made.same}, {"kept", found->kept.hash}, {"now", now}}).dump(2)
                << "\n";
  else
    work.io.out << (found->made.same ? "重新算过，一样：" : "重新算过，不一样：") << found->kept.hash.substr(0, 12)
                << (found->made.same ? "" : " → " + now.substr(0, 12)) << "\n";
  return found->made.same ? kDone : kNo;
}

base::Result<Decimal> amount(PeopleWork& work, const char* option, const Decimal& otherwise) {
  auto text = work.options.get(option);
  if (!text) return otherwise;
  auto value = Decimal::parse(*text);
  if (value && Decimal(0) < *value && *value <= Decimal(1'000'000'000)) return *value;
  return Error{"cli.number", "'" + *text + "' is not above 0 and at most 1000000000", std::string("--") + option,
               ""};
}

base::Result<std::optional<appraisal::Lever>> lever(PeopleWork& work, const appraisal::Evaluation& e) {
  auto levers = appraisal::levers_of(e);
  if (!work.options.get("lever") && levers.empty()) return std::optional<appraisal::Lever>();
  auto out = appraisal::lever_of(e, work.options.get("lever").value_or(levers.empty() ? "" : levers[0].id));
  if (!out) return out.error();
  return std::optional(std::move(*out));
}

Json text_or_null(const std::optional<Decimal>& value) {
  return value ? Json(appraisal::shown(*value).str()) : Json();
}

base::Result<int> margins(PeopleWork& work) {
  auto found = remade(work);
  if (!found) return found.error();
  const appraisal::Evaluation& e = *found->made.simulation.after;
  auto what = lever(work, e);
  if (!what) return what.error();
  if (!*what) return Error{"simulate.lever", "这个方案的得分不看可以加减的指标", "--lever", ""};
  auto by = amount(work, "by", 1);
  if (!by) return by.error();
  auto all = appraisal::margins(e, found->simulator->directory(), **what, *by);
  if (!all) return all.error();
  JsonArray items;
  appraisal::TextTable table;
  table.head({"工号", "姓名", "多 " + by->str() + " " + (*what)->unit, "少 " + by->str() + " " + (*what)->unit});
  for (size_t h = 0; h < all->size(); ++h) {
    const Json more = text_or_null((*all)[h].more), less = text_or_null((*all)[h].less);
    table.row({e.holders[h].id, e.holders[h].name, text_of(&more), text_of(&less)});
    items.push_back(
        JsonObject{{"id", e.holders[h].id}, {"name", e.holders[h].name}, {"more", more}, {"less", less}});
  }
  if (work.json())
    work.io.out << Json(JsonObject{{"lever", (*what)->id}, {"by", by->str()}, {"items", std::move(items)}}).dump(2)
                << "\n";
  else work.io.out << (*what)->title << "，总分增减\n" << table.str();
  return kDone;
}

base::Result<int> cliffs(PeopleWork& work) {
  auto found = remade(work);
  if (!found) return found.error();
  const appraisal::Evaluation& e = *found->made.simulation.after;
  auto what = lever(work, e);
  if (!what) return what.error();
  auto most = amount(work, "most", 100'000'000);
  if (!most) return most.error();
  auto all = appraisal::cliffs(e, found->simulator->directory(), *what ? &**what : nullptr, *most);
  if (!all) return all.error();
  std::vector<appraisal::Jump> jumps;
  if (*what) {
    auto next = appraisal::jumps(e, found->simulator->directory(), **what, *most);
    if (!next) return next.error();
    jumps = std::move(*next);
  }
  const Json items = appraisal::cliffs_json(e, *all, jumps, found->simulator->directory());
  if (work.json()) {
    work.io.out << Json(JsonObject{{"lever", *what ? Json((*what)->id) : Json()}, {"items", items}}).dump(2)
                << "\n";
    return kDone;
  }
  appraisal::TextTable table;
  const std::string more = *what ? "要多 " + (*what)->id + "(" + (*what)->unit + ")" : "—";
  table.head({"工号", "姓名", "总分", "等级", "上一级", "还差(分)", more, "下一跳前", "一跳(分)"});
  for (const Json& one : *items.as_array()) {
    const Json* jump = one.find("jump");
    table.row({text_of(one.find("id")), text_of(one.find("name")), text_of(one.find("total")),
               text_of(one.find("grade")), text_of(one.find("next")), text_of(one.find("missing")),
               text_of(one.find("need")), text_of(jump->find("after")), text_of(jump->find("size"))});
  }
  work.io.out << table.str();
  return kDone;
}

base::Result<int> stepped(PeopleWork& work, bool away) {
  auto kept = one_of(work);
  if (!kept) return kept.error();
  auto doing = work.doing();
  if (!doing) return doing.error();
  auto done = away ? appraisal::withdraw_simulation(work.bank.store(), kept->id, *doing)
                   : appraisal::share_simulation(work.bank.store(), kept->id, !work.options.has("no"), *doing);
  if (!done) return done.error();
  if (work.json()) work.io.out << json_of(*done).dump(2) << "\n";
  else
    work.io.out << "第 " << done->id << " 次测算"
                << (away             ? "已收起"
                    : done->shared() ? "已共享，能看测算的人凭链接打开"
                                     : "不再共享")
                << "\n";
  return kDone;
}
base::Result<int> share(PeopleWork& work) { return stepped(work, false); }
base::Result<int> withdraw(PeopleWork& work) { return stepped(work, true); }

template <PeopleCommand work>
int without(const std::vector<std::string>& a, Io& io) {
  return run_people("simulate", a, io, {}, {}, work);
}

constexpr const char* kRunHelp =
    R"(usage: guanhu simulate run --data DIR --scheme PACK/SCHEME --period PERIOD [CHANGE...] [--title T [--note N]]
  a past period under other rules, beside what it came to: the sealed or published result, else the latest draft,
  else what it comes to now
  --base RUN          compare with this kept run        --known-at T   without a kept run: as it was known then
  --draft N           the pack as a draft of the bank has it
  --from DIR          the pack as this folder has it (a working copy)
  --set A=1,B=2       parameters                        --weight SCORE=0.5,...   weights of scores
  --grade G=60,...    lower limits of grades
  --target P=×1.1     a plan of everyone times 1.1; P=5000 a value; P@S1=5000 of one
  --ask FILE          all of it as JSON ("-": standard input), for formulas and hand-overs:
                      {"formulas": [{"name", "formula"}],
                       "assignments": [{"kind": "account|loan|customer", "id", "from", "to", "on", "until", "share"}]}
  --pay PACK          also what is paid, by this pack's pay plan; --pay-on DATE, --pay-set A=1,B=2
  --title T           keep it under this name, with all its inputs
  --policies DIR      the folder of packs               --json
example: guanhu simulate run --data bank --scheme sample/经营业绩 --period 2025Q4 --set 加分上限=6 --title 加分放宽
exit: 0 simulated, 2 wrong use or a change that cannot be made
)";

}  // namespace

const Command kSimulateRunCommand = {
    "simulate run", "a past period under other rules, beside its result", kRunHelp,
    [](const std::vector<std::string>& a, Io& io) {
      return run_people("simulate run", a, io,
                        {"scheme", "period", "base", "known-at", "draft", "from", "set", "weight", "grade",
                         "target", "ask", "pay", "pay-on", "pay-set", "title", "note"},
                        {}, run);
    }};
const Command kSimulateListCommand = {"simulate list", "kept simulations, newest first",
                                      "usage: guanhu simulate list --data DIR [--json]\n", without<list>};
const Command kSimulateShowCommand = {"simulate show", "a kept simulation as it was made",
                                      "usage: guanhu simulate show ID --data DIR [--json]\n", without<show>};
const Command kSimulateMarginsCommand = {
    "simulate margins", "what one more of something is worth to each manager, exact",
    "usage: guanhu simulate margins ID --data DIR [--lever deposit|loan|FIGURE] [--by 1] [--json]\n",
    [](const std::vector<std::string>& a, Io& io) {
      return run_people("simulate margins", a, io, {"lever", "by"}, {}, margins);
    }};
const Command kSimulateCliffsCommand = {
    "simulate cliffs", "how far each manager stands from the next grade",
    "usage: guanhu simulate cliffs ID --data DIR [--lever deposit|loan|FIGURE] [--most 100000000] [--json]\n",
    [](const std::vector<std::string>& a, Io& io) {
      return run_people("simulate cliffs", a, io, {"lever", "most"}, {}, cliffs);
    }};
const Command kSimulateAgainCommand = {"simulate again", "makes a kept simulation again and compares",
                                       "usage: guanhu simulate again ID --data DIR [--policies DIR] "
                                       "[--json]\nexit: 0 it comes to the same, 1 it does not\n",
                                       without<again>};
const Command kSimulateShareCommand = {"simulate share", "shows one's own simulation to who may read simulations",
                                       "usage: guanhu simulate share ID --data DIR [--no] [--json]\n",
                                       [](const std::vector<std::string>& a, Io& io) {
                                         return run_people("simulate share", a, io, {}, {"no"}, share);
                                       }};
const Command kSimulateWithdrawCommand = {"simulate withdraw", "takes one's own simulation out of the list",
                                          "usage: guanhu simulate withdraw ID --data DIR [--json]\n",
                                          without<withdraw>};

}  // namespace guanhu::cli
