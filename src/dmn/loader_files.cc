// Which files make up the model.
#include "dmn/loader.h"

namespace guanhu::dmn {
namespace {
constexpr size_t kMaxFiles = 200;

bool is_dmn_space(std::string_view space) {
  return space.starts_with("http://www.omg.org/spec/DMN/") || space.starts_with("https://www.omg.org/spec/DMN/");
}
}  // namespace

void Loader::problem(const char* code, std::string message, const std::string& where, std::string hint) {
  constexpr size_t kMost = 10'000;
  if (data_->problems.size() < kMost)
    data_->problems.push_back({code, std::move(message), where, std::move(hint)});
}

void Loader::problem(size_t file, Element at, const char* code, std::string message, std::string hint) {
  problem(code, std::move(message), files_[file].document->where(at), std::move(hint));
}

base::Status Loader::run(const std::vector<Source>& sources) {
  if (auto status = read_files(sources); !status.ok()) return status;
  read_types();
  if (auto status = read_nodes(); !status.ok()) return status;
  for (size_t i = 0; i < data_->nodes.size(); ++i) read_references(i);
  check_cycles();
  for (size_t i = 0; i < data_->nodes.size(); ++i) compile_node(i);
  for (auto& node : data_->nodes)
    data_->listed.push_back({node.kind, node.variable, data_->files[node.file].space,
                             node.type ? node.type->feel : nullptr, node.place.substr(0, node.place.find(", ")),
                             node.outputs.size()});
  return {};
}

base::Status Loader::read_files(const std::vector<Source>& sources) {
  std::vector<std::string> spaces(
      sources.size());  // of the sources looked at; those not used are not parsed twice
  std::vector<size_t> wanted{0};
  for (size_t at = 0; at < wanted.size() && at < kMaxFiles; ++at) {
    auto parsed = XmlDocument::parse(sources[wanted[at]].name, sources[wanted[at]].text);
    if (!parsed.ok()) return parsed.error();
    Element root = (*parsed)->root();
    std::string_view name = root.name();
    size_t colon = name.find(':');
    std::string space = namespace_of(root, colon == std::string_view::npos ? "" : name.substr(0, colon));
    if (local_name(root) != "definitions" || !is_dmn_space(space))
      return base::Error{"dmn.model",
                         "this is no DMN model: its root is <" + std::string(name) + "> of '" + space + "'",
                         (*parsed)->where(root), "the root must be <definitions> of DMN 1.1 to 1.5"};
    data_->files.push_back({sources[wanted[at]].name, attribute(root, "namespace"), attribute(root, "name"), {}});
    files_.emplace_back();
    files_.back().document = std::move(*parsed);
    spaces[wanted[at]] = data_->files.back().space;
    // What it imports is read after it; a file that several import is read once.
    for (Element import : children(root, "import")) {
      std::string wanted_space = attribute(import, "namespace");
      bool known = wanted_space == data_->files.back().space;
      for (size_t file : wanted) known = known || (!spaces[file].empty() && spaces[file] == wanted_space);
      for (size_t i = 1; i < sources.size() && !known; ++i) {
        if (spaces[i].empty()) {
          auto other = XmlDocument::parse(sources[i].name, sources[i].text);
          spaces[i] = other.ok() ? attribute((*other)->root(), "namespace") : "";
        }
        if (spaces[i] != wanted_space || spaces[i].empty()) continue;
        wanted.push_back(i);
        known = true;
      }
    }
  }
  for (size_t file = 0; file < files_.size(); ++file)
    if (auto status = read_imports(file); !status.ok()) return status;
  return {};
}

base::Status Loader::read_imports(size_t file) {
  FileData& own = data_->files[file];
  for (Element import : children(files_[file].document->root(), "import")) {
    std::string name = feel::normal_name(attribute(import, "name")), space = attribute(import, "namespace");
    std::string kind = attribute(import, "importType");
    if (!kind.empty() && !is_dmn_space(kind)) {
      problem(file, import, "dmn.import",
              "the import '" + name + "' is of the kind '" + kind + "', which is not read",
              "import DMN models only");
      continue;
    }
    size_t found = 0;
    while (found < data_->files.size() && data_->files[found].space != space) ++found;
    if (found == data_->files.size()) {
      problem(file, import, "dmn.import", "no model of the namespace '" + space + "' is there to import",
              "put its file beside this one");
      continue;
    }
    // An import without a name brings its elements in as if they stood here (DMN 1.5, 6.3.3); those of
    // DMN 1.1 were called by prefixes.
    if (!own.imports.emplace(name, found).second)
      problem(file, import, "dmn.import", "two imports are named '" + name + "'", "give each its own name");
  }
  return {};
}

}  // namespace guanhu::dmn
