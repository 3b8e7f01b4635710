#include "dmn/tck.h"

#include <algorithm>
#include <map>

#include "base/files.h"
#include "dmn/evaluate.h"
#include "dmn/tck_values.h"
#include "dmn/xml.h"
#include "feel/scope.h"

namespace guanhu::dmn {
namespace {
namespace fs = std::filesystem;
using feel::Value;

struct TestFile {
  fs::path path;
  std::shared_ptr<XmlDocument> document;
};

base::Result<std::vector<TestFile>> find_tests(const fs::path& folder) {
  std::error_code trouble;
  if (!fs::is_directory(folder, trouble))
    return base::Error{"dmn.tck", "there is no such folder", folder.string(), "name the folder of the test cases"};
  std::vector<fs::path> paths;
  for (auto& entry : fs::recursive_directory_iterator(folder, trouble))
    if (entry.is_regular_file(trouble) && entry.path().extension() == ".xml") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<TestFile> tests;
  for (auto& path : paths) {
    auto text = base::read_file(path);
    if (!text.ok()) return text.error();
    if (text->find("testCases") == std::string::npos) continue;
    auto document = XmlDocument::parse(path.string(), *text);
    if (!document.ok()) return document.error();
    if (local_name((*document)->root()) == "testCases") tests.push_back({path, std::move(*document)});
  }
  if (tests.empty())
    return base::Error{"dmn.tck", "there are no test cases", folder.string(),
                       "a test is an *.xml file with the root <testCases>"};
  return tests;
}

class TestRun {
 public:
  TestRun(const TestFile& file, std::string folder, const feel::EvalOptions& options, std::vector<TckCase>& cases)
      : file_(file), folder_(std::move(folder)), options_(options), cases_(cases) {}

  void run() {
    Element root = file_.document->root();
    std::string model = trimmed(text_of(child(root, "modelName")));
    auto loaded = load_file(file_.path.parent_path() / fs::path(model), {true});
    for (Element test : children(root, "testCase")) {
      Inputs inputs;
      for (Element input : children(test, "inputNode"))
        inputs.push_back({attribute(input, "name"), read_value(input), attribute(input, "namespace")});
      for (Element result : children(test, "resultNode")) run_node(loaded, test, result, inputs);
    }
  }

 private:
  void run_node(const base::Result<Model>& model, Element test, Element result, const Inputs& inputs) {
    TckCase c{folder_, file_.path.stem().string(), attribute(test, "id"), attribute(result, "name")};
    Element expected_element = child(result, "expected");
    Value expected = expected_element ? read_value(expected_element) : Value();
    bool error = flag(result, "errorResult");
    c.expected = expected.show(1000);
    if (!model.ok()) {
      c.got = "model not loaded: " + model.error().text();
    } else {
      std::vector<base::Error> diagnostics;
      auto value = evaluate_node(*model, test, result, inputs, diagnostics);
      if (value.ok()) {
        c.passed = error ? value->is_null() : same_value(expected, *value);
        c.got = value->show(1000);
        if (value->is_null() && !diagnostics.empty()) c.got += " (" + diagnostics.front().text() + ")";
      } else {
        c.passed = error && value.error().code != "dmn.name";
        c.got = "error: " + value.error().text();
      }
    }
    cases_.push_back(std::move(c));
  }

  base::Result<Value> evaluate_node(const Model& model, Element test, Element result, const Inputs& inputs,
                                    std::vector<base::Error>& diagnostics) {
    std::string name = attribute(result, "name"), invocable = attribute(test, "invocableName"),
                type = attribute(test, "type");
    std::string space = attribute(result, "namespace");
    bool called = !invocable.empty() && type != "decision";
    if (!called) return evaluate(model, name, inputs, options_, &diagnostics, space);
    auto value = evaluate(model, invocable, inputs, options_, &diagnostics, attribute(test, "namespace"));
    // Several outputs of a service come as a context of theirs.
    if (!value.ok() || type != "decisionService" || !value->is(feel::Kind::context) ||
        outputs_of(model, invocable) < 2)
      return value;
    const Value* entry = value->context().find(feel::normal_name(name));
    return entry ? *entry : *value;
  }

  static size_t outputs_of(const Model& model, const std::string& service);

  const TestFile& file_;
  std::string folder_;
  const feel::EvalOptions& options_;
  std::vector<TckCase>& cases_;
};

size_t TestRun::outputs_of(const Model& model, const std::string& service) {
  for (auto& node : model.nodes())
    if (node.kind == Model::Kind::service && node.name == feel::normal_name(service)) return node.outputs;
  return 0;
}

std::string folder_name(const fs::path& test, const fs::path& root) {
  fs::path inside = fs::relative(test.parent_path(), root);
  if (inside == ".") inside = fs::absolute(root / ".").lexically_normal().parent_path().filename();
  return inside.generic_string();
}
}  // namespace

size_t TckReport::passed() const {
  return static_cast<size_t>(std::count_if(cases.begin(), cases.end(), [](auto& c) { return c.passed; }));
}

base::Result<TckReport> run_tck(const fs::path& folder, const feel::EvalOptions& options) {
  auto tests = find_tests(folder);
  if (!tests.ok()) return tests.error();
  TckReport report;
  for (auto& test : *tests) TestRun(test, folder_name(test.path, folder), options, report.cases).run();
  return report;
}

}  // namespace guanhu::dmn
