// The rulebook engine against its peers from npm, in one run over the same cases (feel_cases.json).
//
//   feel_bench [--seconds S] [--rows N]
//
// Rates are evaluations per second of processor time on one thread, so that other work on the machine
// does not count; of the peers' ways the quickest counts. Every answer is compared, to 12 digits: what
// JavaScript gets back are binary fractions. Ends with 1 when an answer differs.
#include <cstdio>
#include <cstring>
#include <ctime>
#include <map>

#include "base/files.h"
#include "base/json.h"
#include "dmn/evaluate.h"
#include "feel/json.h"
#include "feel/program.h"

namespace {
using namespace guanhu;
using base::Decimal;
using base::Json;
using feel::Value;

double processor() {  // double: a stop-watch
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;  // double: a stop-watch
}

[[noreturn]] void die(const std::string& message) {
  std::fprintf(stderr, "feel_bench: %s\n", message.c_str());
  std::exit(2);
}

template <class T>
T must(base::Result<T> result) {
  if (!result.ok()) die(result.error().text());
  return std::move(result).value();
}

Json read_json(const std::string& text) { return must(Json::parse(text)); }

const std::string& text_of(const Json& object, const char* name) { return *object.find(name)->as_string(); }

struct Setting {
  std::string folder = GUANHU_SOURCE_DIR "/bench";
  size_t rows = 1000;
  double seconds = 0.5;  // double: of a stop-watch
};

// The values of one case in columns: value i of a column is sample i modulo their number.
struct Inputs {
  std::vector<std::string> names;
  std::vector<std::vector<Value>> columns;
  Inputs(const Json& samples, size_t rows) {
    for (auto& [name, values] : *samples.as_object()) {
      auto& list = *values.as_array();
      names.push_back(name);
      columns.emplace_back();
      for (size_t i = 0; i < rows; ++i) columns.back().push_back(feel::from_json(list[i % list.size()]));
    }
  }
  std::vector<Value> row(size_t i) const {
    std::vector<Value> out;
    for (auto& column : columns) out.push_back(column[i]);
    return out;
  }
};

feel::TypeRef type_of(const Value& v) {
  using Name = feel::Type::Name;
  return feel::Type::simple(v.is_number()               ? Name::number
                            : v.is(feel::Kind::boolean) ? Name::boolean
                                                        : Name::string);
}

feel::Scope scope_of(const Inputs& inputs) {
  feel::Scope scope;
  for (size_t i = 0; i < inputs.names.size(); ++i) scope.declare(inputs.names[i], type_of(inputs.columns[i][0]));
  return scope;
}

struct Outcome {
  double rate = 0;  // double: of a stop-watch
  std::vector<Value> answers;
};

// `one(i)` evaluates row i.
template <class One>
Outcome measure(const Setting& setting, const One& one) {
  Outcome out;
  for (size_t i = 0; i < setting.rows; ++i) out.answers.push_back(must(one(i)));
  double start = processor(), took = 0, done = 0;  // double: a stop-watch
  do {
    for (size_t i = 0; i < setting.rows; ++i)
      if (!one(i).ok()) die("a row that passed fails now");
    done += static_cast<double>(setting.rows);  // double: a stop-watch
    took = processor() - start;
  } while (took < setting.seconds);
  out.rate = done / took;
  return out;
}

Outcome ours(const Setting& setting, const Json& formula) {
  Inputs inputs(*formula.find("inputs"), setting.rows);
  auto program = must(feel::compile(text_of(formula, "feel"), scope_of(inputs)));
  std::vector<std::vector<Value>> rows;
  for (size_t i = 0; i < setting.rows; ++i) rows.push_back(inputs.row(i));
  const feel::EvalOptions strict{.strict = true};
  return measure(setting, [&](size_t i) { return program.evaluate(rows[i], strict); });
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (char c : text) out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

std::string cell(const char* element, const Json& value) {
  std::string text = value.as_string() ? *value.as_string() : value.as_number()->str();
  return std::string("<") + element + "><text>" + xml_text(text) + "</text></" + element + ">";
}

// The table as a decision model.
std::string model_of(const Json& table) {
  std::string out =
      R"(<definitions name="m" namespace="urn:bench" xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">)";
  auto& columns = *table.find("columns")->as_array();
  auto& types = *table.find("types")->as_array();
  std::string inputs, needs;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string &name = *columns[i].as_string(), &type = *types[i].as_string();
    out += "<inputData name=\"" + name + "\" id=\"_" + name + "\"><variable name=\"" + name + "\" typeRef=\"" +
           type + "\"/></inputData>";
    needs += "<informationRequirement><requiredInput href=\"#_" + name + "\"/></informationRequirement>";
    inputs +=
        "<input><inputExpression typeRef=\"" + type + "\"><text>" + name + "</text></inputExpression></input>";
  }
  out += "<decision name=\"answer\" id=\"_answer\"><variable name=\"answer\" typeRef=\"number\"/>" + needs +
         "<decisionTable hitPolicy=\"FIRST\">" + inputs + "<output/>";
  for (auto& rule : *table.find("rules")->as_array()) {
    out += "<rule>";
    auto& cells = *rule.as_array();
    for (size_t i = 0; i < columns.size(); ++i) out += cell("inputEntry", cells[i]);
    out += cell("outputEntry", cells.back()) + "</rule>";
  }
  return out + "</decisionTable></decision></definitions>";
}

Outcome ours_table(const Setting& setting, const Json& table) {
  Inputs inputs(*table.find("inputs"), setting.rows);
  auto model = must(dmn::load({{"table.dmn", model_of(table)}}));
  std::vector<dmn::Inputs> rows;
  for (size_t i = 0; i < setting.rows; ++i) {
    rows.emplace_back();
    for (size_t c = 0; c < inputs.names.size(); ++c)
      rows.back().push_back({inputs.names[c], inputs.columns[c][i]});
  }
  const feel::EvalOptions strict{.strict = true};
  return measure(setting, [&](size_t i) { return dmn::evaluate(model, "answer", rows[i], strict); });
}

std::string output_of(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) die("cannot run " + command);
  std::string out;
  char buffer[1 << 16];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  if (pclose(pipe) != 0) die("the peers failed: " + command);
  return out;
}

bool agree(const Value& ours, const Value& theirs) {
  const Decimal unit = Decimal::make(1, -12);
  if (!ours.is_number() || !theirs.is_number()) return ours.show() == theirs.show();
  auto gap = Decimal::subtract(ours.number(), theirs.number())->abs();
  auto size = Decimal::multiply(ours.number().abs(), unit);
  return gap <= *size || gap <= unit;
}

struct Peer {
  const char* name;
  int target;  // ours is to be so many times as quick
};
const Peer kPeers[] = {{"feelin", 30}, {"zen-engine", 10}};

// One case: ours, then the peers; false when an answer differs.
bool compare(const Setting& setting, const std::string& name, size_t index, const Outcome& mine) {
  Json answer = read_json(output_of("UV_THREADPOOL_SIZE=1 node '" + setting.folder + "/peers/feel.mjs' '" +
                                    setting.folder + "/feel_cases.json' " + std::to_string(setting.rows) + " " +
                                    std::to_string(index) + " " + std::to_string(setting.seconds)));
  std::printf("%-26s %9.0f /s (%.0f ns)", name.c_str(), mine.rate, 1e9 / mine.rate);
  bool same = true;
  for (auto& peer : kPeers) {
    double best = 0;  // double: of a stop-watch
    std::string way;
    for (auto& one : *answer.as_array()) {
      if (text_of(one, "peer") != peer.name) continue;
      double rate = one.find("rate")->as_number()->approximate();  // double: of a stop-watch
      if (rate > best) best = rate, way = text_of(one, "way");
      auto& theirs = *one.find("answers")->as_array();
      for (size_t i = 0; i < theirs.size(); ++i)
        if (!agree(mine.answers[i], feel::from_json(theirs[i]))) {
          std::printf("\n  row %zu: %s, %s says %s\n", i + 1, mine.answers[i].show().c_str(), peer.name,
                      theirs[i].dump().c_str());
          same = false;
          break;
        }
    }
    std::printf("   %s %.0f /s (%s): %.0f times, target %d", peer.name, best, way.c_str(), mine.rate / best,
                peer.target);
  }
  std::printf("\n");
  std::fflush(stdout);
  return same;
}

// A million evaluations of the score formula over columns, twice: columns of values, columns of fen.
void million(const Json& formula) {
  constexpr size_t kRows = 1'000'000;
  Inputs inputs(*formula.find("inputs"), kRows);
  auto program = must(feel::compile(text_of(formula, "feel"), scope_of(inputs)));
  std::vector<std::vector<int64_t>> fen;
  std::vector<feel::Column> values, integers;
  for (auto& column : inputs.columns) {
    fen.emplace_back();
    for (auto& v : column) fen.back().push_back(*Decimal::multiply(v.number(), 100)->to_int64());
    values.push_back({column, {}, 0});
  }
  for (auto& column : fen) integers.push_back({{}, column, -2});
  for (auto* columns : {&values, &integers}) {
    std::vector<Value> out(kRows);
    double start = processor();  // double: a stop-watch
    if (auto status = program.evaluate_columns(*columns, out, {.strict = true}); !status)
      die(status.error().text());
    std::printf("1,000,000 scores over columns of %s: %.3f s (target 1 s)\n",
                columns == &values ? "values" : "fen", processor() - start);
  }
}
}  // namespace

int main(int argc, char** argv) {
  Setting setting;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (!std::strcmp(argv[i], "--seconds")) setting.seconds = std::atof(argv[i + 1]);
    else if (!std::strcmp(argv[i], "--rows")) setting.rows = static_cast<size_t>(std::atoi(argv[i + 1]));
    else die(std::string("unknown option ") + argv[i]);
  }
  auto text = base::read_file(setting.folder + "/feel_cases.json");
  if (!text.ok()) die(text.error().text());
  Json cases = read_json(*text);
  auto& formulas = *cases.find("formulas")->as_array();
  million(formulas.back());
  bool same = true;
  for (size_t i = 0; i < formulas.size(); ++i)
    same = compare(setting, text_of(formulas[i], "name"), i, ours(setting, formulas[i])) && same;
  const Json& table = *cases.find("table");
  same = compare(setting, text_of(table, "name"), formulas.size(), ours_table(setting, table)) && same;
  if (!same) std::printf("answers differ\n");
  return same ? 0 : 1;
}
