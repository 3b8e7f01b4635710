#include "dmn/model.h"

#include <algorithm>

#include "base/files.h"
#include "dmn/loader.h"

namespace guanhu::dmn {

const std::string& Model::name() const { return data_->files[0].model_name; }
const std::string& Model::space() const { return data_->files[0].space; }
const std::vector<Model::Node>& Model::nodes() const { return data_->listed; }
const std::vector<base::Error>& Model::problems() const { return data_->problems; }

base::Result<Model> load(std::vector<Source> sources, const LoadOptions& options) {
  if (sources.empty()) throw base::Broken("dmn: load() needs a source");
  Loader loader;
  auto status = loader.run(sources);
  if (!status.ok()) return status.error();
  auto& problems = loader.data()->problems;
  if (options.lenient || problems.empty()) return Model(loader.data());
  base::Error first = problems.front();
  if (problems.size() > 1) {
    std::string more = "and " + std::to_string(problems.size() - 1) + " more problems";
    first.hint += first.hint.empty() ? more : "; " + more;
  }
  return first;
}

base::Result<Model> load_file(const std::filesystem::path& path, const LoadOptions& options) {
  auto text = base::read_file(path);
  if (!text.ok()) return text.error();
  std::vector<Source> sources{{path.filename().string(), std::move(*text)}};
  std::vector<std::filesystem::path> others;
  std::error_code ignored;
  for (auto& entry : std::filesystem::directory_iterator(std::filesystem::absolute(path).parent_path(), ignored))
    if (entry.path().extension() == ".dmn" && entry.path().filename() != path.filename())
      others.push_back(entry.path());
  std::sort(others.begin(), others.end());
  for (auto& other : others)
    if (auto content = base::read_file(other); content.ok())
      sources.push_back({other.filename().string(), std::move(*content)});
  return load(std::move(sources), options);
}

}  // namespace guanhu::dmn
