# The chores; CI runs the same ones. PYTHON is the interpreter of the environment to use, DATA the
# folder of PolNeAR (train.jsonl.gz, dev.jsonl.gz), PAGES the folder of the page sets
# (publishers.jsonl.gz, wcxb-dev-articles.jsonl.gz), NAMED the folder of the corpora of who, when and
# where (meantime, gum, timex, places); none is part of the project.
PYTHON ?= python
DATA ?= data/polnear
PAGES ?= data/pages
NAMED ?= data

.PHONY: test lint types docs gate bench demo train

test:
	$(PYTHON) -m pytest

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy

docs:
	$(PYTHON) -m docs.generate

gate:
	$(PYTHON) -m eval gate --data $(DATA)
	$(PYTHON) -m eval pagegate --data $(PAGES)
	$(PYTHON) -m eval namedgate --data $(NAMED)

bench:
	$(PYTHON) -m bench

demo:
	$(PYTHON) -m onrecord demo

train:
	$(PYTHON) -m train.attribution --data $(DATA) --out runs/seed0 --seed 0
	$(PYTHON) -m train.joint --data $(NAMED) --start runs/seed0/weights.pt --out runs/joint0 --steps 2800
	$(PYTHON) -m train.joint --data $(NAMED) --start runs/seed0/weights.pt --out runs/joint1 \
		--after runs/joint0/weights.pt --blend 0.4 --plan settle --steps 450 \
		--rate 3e-5 --attribution-rate 1e-4 --head-rate 5e-4
	$(PYTHON) -m train.average runs/joint0/weights.pt runs/joint1/weights.pt --out runs/joint/weights.pt
	$(PYTHON) -m train.export --weights runs/joint/weights.pt --to src/onrecord/encode/model
	$(PYTHON) -m train.meaning --data $(DATA) --model src/onrecord/encode/model
	$(PYTHON) -m train.blocks --data $(PAGES)
