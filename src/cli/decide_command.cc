// guanhu decide: the decisions of packs, one at a time or many.
#include <iostream>
#include <iterator>

#include "base/json.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/places.h"
#include "feel/json.h"
#include "policy/decide.h"

namespace guanhu::cli {

namespace {

using base::Error;
using base::Json;
using base::JsonObject;

constexpr std::string_view kHelp =
    R"(usage: guanhu decide PACK/DECISION [--policies DIR] [--on DATE] [--trace] < inputs.json
       guanhu decide --batch [--policies DIR] [--on DATE] < lines.jsonl

Answers one decision of a pack. The inputs are a JSON object; every input is checked.

  --policies DIR   the folder of packs (else $GUANHU_POLICIES, ./policies, beside the program)
  --on DATE        parameters as they are in force on that day (else today)
  --trace          the answer also holds every step with its value
  --batch          each line {"id"?, "pack", "decision", "input", "on"?}; each answer on its line, in order

Prints {"result", "on", "pack_hash", "cites"}; a wrong or missing input: {"error": {"code", "message",
"where"}} and exit status 2. A batch ends with status 0 even where single lines are errors.

examples
  echo '{"拟融资总量": 1000000, "评级证书出具方": "无"}' | guanhu decide hubei-rcc-guide/credit-rating-method
)";

Json error_json(const Error& error) {
  JsonObject out{{"code", error.code}, {"message", error.message}, {"where", error.where}};
  if (!error.hint.empty()) out.emplace_back("hint", error.hint);
  return out;
}

int refuse(Io& io, const Error& error) {
  io.out << Json(JsonObject{{"error", error_json(error)}}).dump() << "\n";
  io.err << "guanhu decide: " << error.text() << "\n";
  return kWrong;
}

base::Result<base::Date> day_of(const std::string& text, const std::string& where) {
  if (auto day = base::Date::parse(text)) return *day;
  return Error{"decide.on", "“" + text + "”不是日期", where, "写成 2024-03-01"};
}

// "PACK/DECISION" in two. A pack alone is answered with one of its own decisions, else with why it is no pack.
base::Result<PackItem> asked_decision(const std::filesystem::path& policies, const std::string& text) {
  if (auto item = pack_item(text)) return item;
  const std::string id = text.substr(0, text.find('/'));
  if (id.empty())
    return Error{"cli.decision", "'" + text + "' is not PACK/DECISION", "",
                 "for example hubei-rcc-guide/credit-rating-method"};
  auto pack = policy::open_pack(policies, id);
  if (!pack.ok()) return pack.error();
  if (pack->decisions.empty())
    return Error{"cli.decision", "'" + text + "' is not PACK/DECISION", "",
                 "the pack " + id + " has no decisions"};
  return Error{"cli.decision", "'" + text + "' is not PACK/DECISION", "",
               "for example " + id + "/" + pack->decisions[0].id};
}

// One line of a batch.
class Batch {
 public:
  Batch(policy::Rulebook& rulebook, base::Date on, const policy::AskOptions& options)
      : rulebook_(rulebook), on_(on), options_(options) {}

  std::string answer(const std::string& line, size_t number) {
    auto json = Json::parse(line);
    if (!json.ok())
      return failed(Json(), {"decide.line", "这一行不是 JSON：" + json.error().message,
                             "line " + std::to_string(number) + ", " + json.error().where, ""});
    const Json* id = json->find("id");
    Json name = id ? *id : Json();
    auto answer = ask(*json, number);
    if (!answer.ok()) return failed(name, answer.error());
    return Json(JsonObject{{"id", std::move(name)},
                           {"result", feel::to_json(answer->result)},
                           {"cites", policy::to_json(answer->cites)}})
        .dump();
  }

 private:
  static std::string failed(Json id, const Error& error) {
    return Json(JsonObject{{"id", std::move(id)}, {"error", error_json(error)}}).dump();
  }

  base::Result<policy::Answer> ask(const Json& line, size_t number) {
    const std::string where = "line " + std::to_string(number);
    if (!line.as_object()) return Error{"decide.line", "这一行不是一个 JSON 对象", where, ""};
    for (const char* key : {"pack", "decision"})
      if (!line.find(key) || !line.find(key)->as_string())
        return Error{"decide.line", std::string("缺少 ") + key, where,
                     R"(写成 {"pack": "…", "decision": "…", "input": {…}})"};
    const Json* input = line.find("input");
    if (!input) return Error{"decide.line", "缺少 input", where, ""};
    base::Date on = on_;
    if (const Json* day = line.find("on"); day && !day->is_null()) {
      if (!day->as_string()) return Error{"decide.on", "on 要是日期", where, "写成 \"2024-03-01\""};
      auto read = day_of(*day->as_string(), where);
      if (!read.ok()) return read.error();
      on = *read;
    }
    return rulebook_.decide({*line.find("pack")->as_string(), *line.find("decision")->as_string(), *input, on},
                            options_);
  }

  policy::Rulebook& rulebook_;
  base::Date on_;
  const policy::AskOptions& options_;
};

// Answers are written when they fill a block, or when nothing more waits to be read.
int run_batch(Io& io, Batch& batch) {
  std::string line, out;
  size_t number = 0;
  while (std::getline(io.in, line)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    out += batch.answer(line, number);
    out += '\n';
    if (out.size() < (64 << 10) && io.in.rdbuf()->in_avail() > 0) continue;
    io.out << out << std::flush;
    out.clear();
  }
  io.out << out << std::flush;
  return kDone;
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments, {"policies", "on"}, {"batch", "trace"});
  if (!options.ok()) return refuse(io, options.error());
  auto folder = policies_folder(options->get("policies"));
  if (!folder.ok()) return refuse(io, folder.error());
  base::Date on = local_day(io.clock);
  if (auto asked = options->get("on")) {
    auto day = day_of(*asked, "--on");
    if (!day.ok()) return refuse(io, day.error());
    on = *day;
  }
  policy::AskOptions ask;
  ask.trace = options->has("trace");
  ask.evaluation.now = io.clock.now();
  policy::Rulebook rulebook(*folder);
  if (options->has("batch")) {
    if (!options->rest().empty())
      return refuse(io, {"cli.extra", "'" + options->rest()[0] + "' is one word too many", "", "see --help"});
    Batch batch(rulebook, on, ask);
    return run_batch(io, batch);
  }
  if (options->rest().size() != 1) return refuse(io, {"cli.missing", "PACK/DECISION is needed", "", "see --help"});
  auto item = asked_decision(*folder, options->rest()[0]);
  if (!item.ok()) return refuse(io, item.error());
  std::string text{std::istreambuf_iterator<char>(io.in), {}};
  auto input = Json::parse(text);
  if (!input.ok())
    return refuse(io, {"decide.json", "输入不是 JSON：" + input.error().message,
                       "standard input, " + input.error().where, "写成 {\"名称\": 值, …}"});
  auto answer = rulebook.decide({item->pack, item->name, *input, on}, ask);
  if (!answer.ok()) return refuse(io, answer.error());
  io.out << policy::to_json(*answer).dump(ask.trace ? 1 : 0) << "\n";
  return kDone;
}

}  // namespace

const Command kDecideCommand = {"decide", "answers a decision of a pack", kHelp, run};

}  // namespace guanhu::cli
