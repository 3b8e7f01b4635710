// Start here. A decision model is loaded once and evaluated many times (evaluate.h):
//
//   auto model = dmn::load({{"lending.dmn", text}});
//   if (!model.ok()) ...                               // "lending.dmn:31: ..."
//   auto grade = dmn::evaluate(*model, "Grade", inputs);
//
// Reads DMN 1.1 to 1.5 (OMG formal/2024-01-01, chapters 6 to 10). A Model is immutable and cheap to
// copy; any number of threads may evaluate it at once.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "feel/type.h"

namespace guanhu::dmn {

// One file: its name is used in messages only.
struct Source {
  std::string name;
  std::string text;
};

struct LoadOptions {
  // What is wrong inside single elements (an expression that does not parse, an unknown reference, a
  // cycle, an external function) does not refuse the model: the element gives null when it is reached,
  // and problems() tells. For running models made elsewhere, as the conformance suite does.
  bool lenient = false;
};

struct ModelData;

class Model {
 public:
  enum class Kind { input, decision, knowledge, service };
  struct Node {
    Kind kind;
    std::string name;    // of its variable: what expressions call it
    std::string space;   // namespace of the model it stands in
    feel::TypeRef type;  // null: any
    std::string where;   // "file:line"
    size_t outputs = 0;  // of a service: its output decisions
  };

  const std::string& name() const;   // of the first model
  const std::string& space() const;  // its namespace
  // Everything that can be given or evaluated, in the order of the files; imported models included.
  const std::vector<Node>& nodes() const;
  // What a lenient load let pass.
  const std::vector<base::Error>& problems() const;

  explicit Model(std::shared_ptr<const ModelData> data) : data_(std::move(data)) {}
  const std::shared_ptr<const ModelData>& data() const { return data_; }

 private:
  std::shared_ptr<const ModelData> data_;
};

// The first source is the model; the others are read where it, or one of them, imports their
// namespace. Errors: "dmn.xml" (no XML), "dmn.model" (no DMN, a doubled name), "dmn.import",
// "dmn.reference" (unknown element or type), "dmn.cycle", "dmn.table" (hit policy, columns),
// "dmn.expression" (FEEL), "dmn.external" (Java, PMML), "dmn.limit"; where is "file:line".
base::Result<Model> load(std::vector<Source> sources, const LoadOptions& options = {});
// The file, with the other *.dmn files of its folder to import from.
base::Result<Model> load_file(const std::filesystem::path& path, const LoadOptions& options = {});

}  // namespace guanhu::dmn
